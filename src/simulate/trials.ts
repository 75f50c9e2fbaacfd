import type { History } from "./history.ts";
import { type ReplayResult, simulated } from "./replay.ts";
import type { Assumptions, ReplaySettings } from "./replay-settings.ts";
import { Simulation } from "./simulation.ts";

/** A gain of another half of the record is told instead, where the halves differ by so much and so surely. */
const HALVES_DIFFER = 0.02;
const SURE_OF_HALVES = 3;
/** A range is wider than what was seen: the next part may be outside of eight. */
const MARGIN = 0.005;

/** Settings and assumptions of a replay. */
export interface Trial {
  readonly settings: ReplaySettings;
  readonly assume: Assumptions;
}

/** What a trial gains over another, of the hit ratio. */
export interface Gain {
  /** That of the later half, where the halves differ. */
  readonly gain: number;
  /** Standard error of the gain, over the blocks. */
  readonly error: number;
  /** The least and the most over the blocks, with a margin. */
  readonly from: number;
  readonly to: number;
}

/** Replays of one record whose later half is measured: the earlier one fills the caches. */
export class Trials {
  readonly history: History;
  /** The first operation that is measured. */
  readonly from: number;
  /** Operations that were replayed so far. */
  #replayed = 0;

  constructor(history: History) {
    this.history = history;
    this.from = laterHalf(history);
  }

  /** Look-ups that are measured. */
  get lookups(): number {
    return this.history.lookups - this.history.lookupsBefore[this.from]!;
  }

  *run({ settings, assume }: Trial): Generator<number, ReplayResult, undefined> {
    const steps = simulated(this.history, new Simulation(this.history, settings, assume), this.from);
    for (;;) {
      const { done, value } = steps.next();
      if (done) {
        this.#replayed += this.history.length;
        return value;
      }
      yield this.#replayed + value;
    }
  }
}

/** The first operation of the half that is measured. */
export function laterHalf({ length }: History): number {
  return Math.floor(length / 2);
}

/** Both at once. */
export function together(one: Trial, other: Trial): Trial {
  return { settings: { ...one.settings, ...other.settings }, assume: { ...one.assume, ...other.assume } };
}

/** What a result gains over another of the same record. */
export function gainOf(now: ReplayResult, then: ReplayResult): Gain {
  const gains = now.blocks.map((block, index) => ratioOf(then.blocks[index]!) - ratioOf(block));
  const half = gains.length / 2;
  const [earlier, later] = [gains.slice(0, half), gains.slice(half)];
  const difference = Math.abs(meanOf(later) - meanOf(earlier));
  const isOfHalves =
    difference > HALVES_DIFFER && difference > SURE_OF_HALVES * Math.hypot(errorOf(earlier), errorOf(later));
  const counted = isOfHalves ? later : gains;
  return {
    gain: isOfHalves ? meanOf(later) : (then.hitRatio ?? 0) - (now.hitRatio ?? 0),
    error: errorOf(counted),
    from: Math.min(...counted) - MARGIN,
    to: Math.max(...counted) + MARGIN,
  };
}

function ratioOf({ hits, lookups }: { readonly hits: number; readonly lookups: number }): number {
  return lookups === 0 ? 0 : hits / lookups;
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The standard error of the mean. */
function errorOf(values: readonly number[]): number {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Math.sqrt(squares / (values.length - 1) / values.length);
}
