import { type AccessRecord, missRatioCurveSteps, type PolicyName } from "macho-cache/simulate";
import { visible } from "../visible-text.ts";
import { unreadable } from "./byte-source.ts";
import { usage } from "./csv-columns.ts";
import type { Progress } from "./progress.ts";
import type { PolicyRatios, TraceResult } from "./result.ts";
import { sizesFor } from "./sizes.ts";
import type { ReplayChoice } from "./trace-replays.ts";
import type { RecordTrace } from "./trace.ts";

/** Of the size that the cache had, where no size is named. */
const USUAL = [1 / 8, 1 / 4, 1 / 2, 1, 2, 4, 8];
/** Letters of look-ups: a hit, a miss, and a miss that was filled at once. */
const LOOKUPS = /[hmfF]/g;

/**
 * Replays a record of a cache: with its deletes, failed loads, ttls and weights, on the entries that were there when it
 * began. @throws CommandError
 */
export async function replayRecord(
  { name, record: given }: RecordTrace,
  choice: ReplayChoice,
  progress: Progress,
): Promise<TraceResult> {
  const record = withTtl(checked(name, given), choice.ttl);
  const { maxCacheSize, maxWeight, strategy } = record.options;
  const isWeighed = maxCacheSize === undefined;
  if (choice.weights && !isWeighed) {
    throw usage(`--weights: ${name} is of a cache that is bounded by entries. Leave --weights out.`);
  }
  const { keys, weight } = keysOf(record);
  const bound = maxCacheSize ?? maxWeight ?? keys;
  const sizes = recordSizes(record, choice, bound, isWeighed ? weight : keys);
  const policies: PolicyRatios[] = [];
  for (const policy of choice.policies) {
    const step = (share: number): Promise<void> =>
      progress.step(`replaying ${name}`, (policies.length + share) / choice.policies.length);
    policies.push(await curveOf(record, policy, sizes, step));
  }
  return {
    trace: name,
    format: "a record of macho",
    requests: lookupsOf(record),
    keys,
    totalWeight: isWeighed ? weight : null,
    skipped: { count: 0, first: undefined },
    sampleRate: record.sampleRate,
    unit: isWeighed ? "weight" : "entries",
    sizes,
    policies,
    recorded: { strategy: visible(strategy), size: bound },
  };
}

/** @throws CommandError unless it is a record that can be replayed */
function checked(name: string, record: AccessRecord): AccessRecord {
  try {
    // It checks what it is given before its first step.
    missRatioCurveSteps(record, { sizes: [record?.options?.shardCount ?? 1] }).next();
  } catch (error) {
    throw unreadable(`${name} cannot be replayed: ${visible((error as Error).message)} Write it anew by macho record.`);
  }
  if (lookupsOf(record) > 0) return record;
  throw unreadable(`There is no look-up in ${name}. Record longer, while the app is used.`);
}

function lookupsOf({ operations }: AccessRecord): number {
  return operations.match(LOOKUPS)?.length ?? 0;
}

function withTtl(record: AccessRecord, ttl: number | undefined): AccessRecord {
  return ttl === undefined ? record : { ...record, options: { ...record.options, ttl } };
}

/** Distinct keys, and what they weigh together, each as it was written first. */
function keysOf({ keys, operations, entries, weights, sampleRate }: AccessRecord): { keys: number; weight: number } {
  const known = new Map<number, number>(entries?.keys.map((key, at) => [key, entries.weights?.[at] ?? 1]));
  keys.forEach((key, at) => {
    if (operations[at] === "c") return;
    const isWrite = /[fs]/i.test(operations[at]!);
    if (isWrite || !known.has(key)) known.set(key, known.get(key) || (isWrite ? (weights?.[at] ?? 1) : 0));
  });
  const weight = [...known.values()].reduce((sum, each) => sum + each, 0);
  return { keys: Math.round(known.size / sampleRate), weight: Math.round(weight / sampleRate) };
}

/** @throws CommandError where a cache of so many shards cannot be so small */
function recordSizes(
  { options: { shardCount } }: AccessRecord,
  { sizes: choices }: ReplayChoice,
  bound: number,
  all: number,
): readonly number[] {
  const usual = USUAL.map((factor) => ({ size: Math.max(shardCount, Math.round(bound * factor)) }));
  const sizes = sizesFor(choices ?? usual, all);
  if (sizes[0]! >= shardCount) return sizes;
  throw usage(`The cache has ${shardCount} shards: a size is ${shardCount} or more, got ${sizes[0]!}.`);
}

async function curveOf(
  record: AccessRecord,
  policy: PolicyName,
  sizes: readonly number[],
  step: (share: number) => Promise<void>,
): Promise<PolicyRatios> {
  const lookups = lookupsOf(record);
  const all = record.operations.length * sizes.length;
  const steps = missRatioCurveSteps(record, { strategy: policy, sizes });
  let next = steps.next();
  for (; next.done !== true; next = steps.next()) await step(next.value / all);
  const ratios = next.value.map(({ size, missRatio, unknown }) => {
    const misses = Math.round(missRatio * lookups);
    return { size, missRatio, misses, error: 0, missedWeightRatio: null, unknown };
  });
  return { policy, ratios, curve: ratios };
}
