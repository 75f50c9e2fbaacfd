import type { Sample } from "../sampler.ts";
import { CAUSES } from "../departures.ts";

/** Seconds that one hit ratio covers: a single second of a quiet page has too few reads. */
const RATIO_SECONDS = 10;

/** Ms by which a chart grows until it has the chosen span. */
const SPAN_STEP = 30_000;

/** A timer is a little early or late. Within this part of a second, it is taken to have been on time. */
const JITTER = 0.1;

/** One line of a chart, or one colour of its bars. `null` where there is nothing to draw. */
interface Series {
  readonly name: string;
  /** Names the colour, as in `--hit`. */
  readonly color: string;
  readonly values: readonly (number | null)[];
  /** How many are drawn in all, where something was counted. */
  readonly total?: number;
}

/** Series over time, one value a sample. */
export interface ChartData {
  readonly times: readonly number[];
  /** How long each sample took. */
  readonly seconds: readonly number[];
  /** Samples before which nothing was recorded: a line must not bridge them. */
  readonly gaps: ReadonlySet<number>;
  readonly series: readonly Series[];
}

/** The samples of the last `ms` before the newest. */
export function recent(samples: readonly Sample[], ms: number): Sample[] {
  const newest = samples[samples.length - 1]?.at ?? 0;
  return samples.filter((sample) => sample.at > newest - ms);
}

/** The chosen span, or less while there are few samples: a chart should not be mostly empty. */
export function fittingSpan(samples: readonly Sample[], chosen: number): number {
  const [oldest, newest] = [samples[0]?.at ?? 0, samples[samples.length - 1]?.at ?? 0];
  return Math.min(chosen, Math.max(1, Math.ceil((newest - oldest) / SPAN_STEP)) * SPAN_STEP);
}

export function ratioData(samples: readonly Sample[]): ChartData {
  return data(samples, [
    { name: "Hit ratio", color: "hit", values: samples.map((_, index) => ratioAt(samples, index)) },
  ]);
}

export function requestData(samples: readonly Sample[]): ChartData {
  return data(samples, [
    counted(samples, "Hits", "hit", ({ hits }) => hits),
    counted(samples, "Misses", "miss", ({ misses }) => misses),
  ]);
}

export function removalData(samples: readonly Sample[]): ChartData {
  return data(
    samples,
    CAUSES.map((cause) => counted(samples, causeName(cause), cause, ({ removals }) => removals[cause])),
  );
}

/** As many a second. */
function counted(samples: readonly Sample[], name: string, color: string, read: (sample: Sample) => number): Series {
  const counts = samples.map(read);
  const values = samples.map(({ seconds }, index) => {
    const whole = Math.max(1, Math.round(seconds));
    return counts[index]! / (Math.abs(seconds - whole) <= JITTER ? whole : seconds);
  });
  return { name, color, values, total: counts.reduce((sum, count) => sum + count, 0) };
}

export function causeName(cause: string): string {
  return cause.charAt(0).toUpperCase() + cause.slice(1);
}

function data(samples: readonly Sample[], series: Series[]): ChartData {
  const gaps = new Set(samples.flatMap((sample, index) => (sample.afterGap ? [index] : [])));
  return { times: samples.map(({ at }) => at), seconds: samples.map(({ seconds }) => seconds), gaps, series };
}

function ratioAt(samples: readonly Sample[], last: number): number | null {
  const end = samples[last]?.at ?? 0;
  let hits = 0;
  let lookups = 0;
  for (let index = last; index >= 0; index--) {
    const sample = samples[index];
    if (!sample || sample.at <= end - RATIO_SECONDS * 1_000) break;
    hits += sample.hits;
    lookups += sample.hits + sample.misses;
    if (sample.afterGap) break;
  }
  return lookups > 0 ? hits / lookups : null;
}
