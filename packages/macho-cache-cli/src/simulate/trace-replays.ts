import type { PolicyName } from "macho-cache/simulate";
import type { Progress } from "./progress.ts";
import { ratioOf, type Totals, type TraceResult } from "./result.ts";
import type { Point, Simulation } from "./simulation.ts";
import { simulateAll } from "./simulations.ts";
import { sizesFor, type SizeChoice } from "./sizes.ts";
import { blocksOf } from "./spool.ts";
import type { RequestTrace } from "./trace.ts";
import { formatWords } from "./trace-format.ts";

/** Sizes at which the curve of LRU is drawn, which cost nothing more. */
const CURVE_SIZES = 96;

/** What is simulated. */
export interface ReplayChoice {
  readonly policies: readonly PolicyName[];
  readonly sizes: readonly SizeChoice[] | undefined;
  /** Ms; `undefined` for that of a record, and none for a trace. */
  readonly ttl: number | undefined;
  readonly weights: boolean;
  readonly threads: number;
}

/** Simulates the caches of a trace. Closes it. @throws CommandError once the user ends it */
export async function replayTrace(trace: RequestTrace, choice: ReplayChoice, progress: Progress): Promise<TraceResult> {
  const { spool, sampleRate, keyCount } = trace;
  try {
    const all = trace.totalWeight / sampleRate;
    const sizes = sizesFor(choice.sizes, all);
    const simulations = simulationsOf(trace, choice, sizes);
    const points = await simulateAll(spool.place, simulations, choice.threads, progress);
    const totals = { requests: trace.requests, sampleRate, requestedWeight: requestedWeight(trace, choice) };
    return {
      trace: trace.name,
      format: formatWords(trace.format),
      requests: trace.requests,
      keys: Math.round(keyCount / sampleRate),
      totalWeight: choice.weights ? Math.round(all) : null,
      skipped: trace.skipped,
      sampleRate,
      unit: choice.weights ? "weight" : "entries",
      sizes,
      policies: choice.policies.map((policy) => ratiosOf(policy, simulations, points, sizes, totals)),
      recorded: null,
    };
  } finally {
    spool.close();
  }
}

function simulationsOf(
  { sampleRate, keyCount }: RequestTrace,
  { policies, weights: isWeighed, ttl = Infinity }: ReplayChoice,
  sizes: readonly number[],
): readonly Simulation[] {
  const common = { sampleRate, keyCount, isWeighed, ttl };
  return policies.flatMap((policy): Simulation[] => {
    const isStack = policy === "lru" && !isWeighed && ttl === Infinity;
    if (isStack) return [{ ...common, policy, isStack, sizes: curveSizes(sizes) }];
    return sizes.map((size) => ({ ...common, policy, isStack, sizes: [size] }));
  });
}

/** The sizes, and others between the least and the largest, each larger by the same factor. */
function curveSizes(sizes: readonly number[]): readonly number[] {
  const [least, most] = [sizes[0]!, sizes.at(-1)!];
  const between = Array.from({ length: CURVE_SIZES }, (_, at) =>
    Math.round(least * (most / least) ** (at / CURVE_SIZES)),
  );
  return [...new Set([...sizes, ...between])].sort((one, other) => one - other);
}

function ratiosOf(
  policy: PolicyName,
  simulations: readonly Simulation[],
  points: readonly (readonly Point[])[],
  sizes: readonly number[],
  totals: Totals,
): TraceResult["policies"][number] {
  const all = points
    .filter((_, at) => simulations[at]!.policy === policy)
    .flat()
    .map((point) => ratioOf(point, totals));
  const curve = all.map(({ size, missRatio }) => ({ size, missRatio }));
  return { policy, ratios: all.filter(({ size }) => sizes.includes(size)), curve };
}

/** Of the requests that were simulated. */
function requestedWeight({ spool }: RequestTrace, { weights: isWeighed }: ReplayChoice): number | undefined {
  if (!isWeighed) return undefined;
  let sum = 0;
  for (const { length, weights } of blocksOf(spool.place)) for (let at = 0; at < length; at++) sum += weights[at]!;
  return sum;
}
