import { type AccessRecord, checkRecord } from "./access-record.ts";
import type { Advice, AdvisedChange, AdviceKind } from "./advice.ts";
import { codeOf, textOf } from "./advice-text.ts";
import { type History, historyOf } from "./history.ts";
import { type Remedy, remediesFor, sizeOf } from "./remedies.ts";
import { lastOf, type ReplayResult } from "./replay.ts";
import { checkSettings, policyOf, type ReplaySettings } from "./replay-settings.ts";
import { HIT } from "./tape.ts";
import { type Gain, gainOf, together, type Trial, Trials } from "./trials.ts";

/** Look-ups without which nothing is said. */
const ENOUGH = 200;
/** A replay explains a record when their hit ratios differ by no more. */
const EXPLAINED = 0.02;
/** Caching cannot help where a cache without bounds hits less, and this one misses more. */
const USEFUL = 0.05;
const ALL_MISSES = 0.9;
/** What a change gains at least, and by how many standard errors; another policy more, where few look-ups hit. */
const LEAST_GAIN = 0.01;
const LEAST_GAIN_OF_POLICY = 0.02;
const FEW_HITS_OF_POLICY = 0.2;
const ERRORS = 2;
/** What gains so much is told, whatever its price. */
const NEVER_HIDDEN = 0.025;
const LEAST_SECOND_GAIN = 0.02;
const POOR_POLICIES: ReadonlySet<string> = new Set(["mfu", "random", "fifo"]);
/** A smaller size may lose so much of the hit ratio, and of the hits; each place of the cache is measured so often. */
const LOSS = 0.005;
const LOSS_OF_HITS = 0.02;
const LOOKUPS_PER_PLACE = 5;
const FEW_HITS = 0.1;
const MANY_MISSES = 0.5;
const MUCH_UNKNOWN = 0.05;
/** Two changes at once are tried where nothing else helps, and a cache without bounds would gain so much. */
const WORTH_A_PAIR = 0.03;
/** What makes entries leave for other reasons than want of room. */
const CAUSES: ReadonlySet<string> = new Set(["failures", "absent", "ttl", "idle", "removals"]);

const NOW: Trial = { settings: {}, assume: {} };
/** Nothing leaves, and all that is asked for can be stored. */
const CEILING: Trial = {
  settings: { maxCacheSize: Infinity, maxWeight: Infinity, ttl: Infinity, timeToIdle: Infinity },
  assume: { loadsSucceed: true, storeAbsent: true, ignoreRemovals: true, ownTtlTimes: Infinity },
};

/** A remedy that was tried. */
interface Tried extends Gain {
  readonly remedy: Remedy;
  readonly result: ReplayResult;
}

/**
 * What to change about the cache that was recorded, if anything: its record is replayed as it was and with each remedy for
 * what makes it miss. The later half is measured. What is told of it is what would have been, not what will be.
 * @param settings what the record does not know of the cache: `{ strategy: mru() }`, a policy of your own
 * @throws like `replay`
 *
 * @example
 * const { text, change } = advise(recording.read());
 * if (change?.settings.maxCacheSize) cache.resize(change.settings.maxCacheSize);
 */
export function advise(record: AccessRecord, settings: Pick<ReplaySettings, "strategy"> = {}): Advice {
  return lastOf(adviseSteps(record, settings));
}

/** The same in steps, like `replaySteps`: each gives the operations that were replayed so far. */
export function* adviseSteps(
  record: AccessRecord,
  settings: Pick<ReplaySettings, "strategy"> = {},
): Generator<number, Advice, undefined> {
  checkRecord(record, "advise");
  checkSettings(record, settings);
  policyOf(settings.strategy ?? record.options.strategy);
  return yield* new Adviser(historyOf(record), { settings, assume: {} }).advise();
}

/** Makes the advice about a cache, of a record that was checked. */
export class Adviser {
  #history: History;
  #trials: Trials;
  /** The cache as it is. */
  #now: Trial;
  #base!: ReplayResult;
  #tried: readonly Tried[] = [];

  constructor(history: History, own: Trial = NOW) {
    this.#history = history;
    this.#trials = new Trials(history);
    this.#now = together(NOW, own);
  }

  *advise(): Generator<number, Advice, undefined> {
    const base = (this.#base = yield* this.#trials.run(this.#now));
    if (this.#history.lookups < ENOUGH) return this.#say("wait");
    const ratio = base.hitRatio ?? 0;
    const recorded = this.#recordedRatio();
    if (Math.abs(ratio - recorded) > EXPLAINED) {
      const isTooShort = ratio < recorded && base.unknown > (recorded - ratio) * base.lookups * 0.5;
      return this.#say(isTooShort ? "unknown-past" : "unexplained", { recorded });
    }
    const ceiling = yield* this.#trials.run(together(this.#now, CEILING));
    if ((ceiling.hitRatio ?? 0) < USEFUL && 1 - ratio > ALL_MISSES) {
      return this.#say("no-use", { ceiling: ceiling.hitRatio ?? 0 });
    }
    this.#tried = yield* this.#tryAll(this.#now, base);
    const isMoreToGain = (ceiling.hitRatio ?? 0) - ratio >= WORTH_A_PAIR;
    const first = this.#accepted()[0] ?? (isMoreToGain ? yield* this.#pair() : undefined);
    if (first) return this.#say(first.remedy.kind, { first, second: yield* this.#second(first) });
    const hasFewHits = ratio < FEW_HITS && 1 - ratio > MANY_MISSES;
    const smaller = hasFewHits ? undefined : yield* this.#smaller();
    if (smaller) return this.#say("smaller", { smaller });
    if (hasFewHits) return this.#say("little");
    if (this.#tried.some((each) => isUnknown(each))) return this.#say("unknown-past");
    return this.#say("nothing");
  }

  /** What the cache itself had, of the look-ups that are measured. */
  #recordedRatio(): number {
    const { kinds, length } = this.#history;
    let hits = 0;
    for (let at = this.#trials.from; at < length; at++) hits += Number(kinds[at] === HIT);
    return hits / Math.max(1, this.#trials.lookups);
  }

  /** Tries the remedies for what makes a trial miss; of each kind the best counts. */
  *#tryAll(trial: Trial, base: ReplayResult): Generator<number, readonly Tried[], undefined> {
    const tried: Tried[] = [];
    for (const remedy of remediesFor(this.#history, base, trial)) {
      const result = yield* this.#trials.run(together(trial, remedy));
      tried.push({ remedy, result, ...gainOf(base, result) });
    }
    return tried.sort((one, other) => netOf(other) - netOf(one));
  }

  /** What is worth its price, the best of each kind, the best first. */
  #accepted(): readonly Tried[] {
    const worth = this.#tried.filter((each) => this.#isWorth(each));
    const best = bestOfKinds(worth);
    const policy = best.find(({ remedy }) => remedy.kind === "policy");
    const isPoor = POOR_POLICIES.has(this.#history.record.options.strategy);
    if (!isPoor || !policy || policy.gain < LEAST_SECOND_GAIN) return best;
    return [policy, ...best.filter((each) => each !== policy)];
  }

  #isWorth(tried: Tried): boolean {
    const { gain, error, remedy } = tried;
    const hasFewHits = (this.#base.hitRatio ?? 0) < FEW_HITS_OF_POLICY;
    const least = remedy.kind === "policy" && hasFewHits ? LEAST_GAIN_OF_POLICY : LEAST_GAIN;
    if (remedy.kind === "size" && isUnknown(tried)) return false;
    return gain >= least && gain > ERRORS * error && gain > Math.min(remedy.price, NEVER_HIDDEN);
  }

  /** Two changes that gain nothing by themselves: what is cleared all the time in a cache that is too small besides. */
  *#pair(): Generator<number, Tried | undefined, undefined> {
    let best: Tried | undefined;
    for (const first of bestOfKinds(this.#tried).filter(({ remedy }) => CAUSES.has(remedy.kind))) {
      const trial = together(this.#now, first.remedy);
      const [second] = yield* this.#tryAll(trial, first.result);
      if (!second || second.remedy.kind === first.remedy.kind) continue;
      const { kind, price } = first.remedy;
      const remedy = { ...together(first.remedy, second.remedy), kind, price: price + second.remedy.price };
      const both = { remedy, result: second.result, ...gainOf(this.#base, second.result) };
      if (this.#isWorth(both) && !isUnknown(both) && netOf(both) > (best ? netOf(best) : 0)) best = both;
    }
    return best;
  }

  /** A change that gains something on top of the first one. */
  *#second(first: Tried): Generator<number, Tried | undefined, undefined> {
    const trial = together(this.#now, first.remedy);
    const tried = yield* this.#tryAll(trial, first.result);
    return tried.find(
      (each) =>
        each.remedy.kind !== first.remedy.kind &&
        each.gain > ERRORS * each.error &&
        netOf(each) >= LEAST_SECOND_GAIN &&
        !(each.remedy.kind === "size" && isUnknown(each)),
    );
  }

  /** The least of half the size, a quarter and so on that loses next to nothing. */
  *#smaller(): Generator<number, Tried | undefined, undefined> {
    const { keyCount, record } = this.#history;
    const { maxCacheSize = Infinity, maxWeight = Infinity } = record.options;
    const least = Math.min(maxCacheSize, maxWeight);
    const places = Math.min(maxCacheSize * record.sampleRate, keyCount);
    if (this.#base.lookups < LOOKUPS_PER_PLACE * places) return undefined;
    let smallest: Tried | undefined;
    for (let times = 1 / 2; Math.floor(least * times) >= 1; times /= 2) {
      const settings = sizeOf(this.#history, times);
      const result = yield* this.#trials.run(together(this.#now, { settings, assume: {} }));
      const tried: Tried = {
        remedy: { kind: "size", price: 0, settings, assume: {} },
        result,
        ...gainOf(this.#base, result),
      };
      const lost = this.#base.hits - result.hits;
      if (tried.gain < -LOSS || lost > LOSS_OF_HITS * this.#base.hits) break;
      smallest = tried;
    }
    return smallest;
  }

  #say(kind: AdviceKind, { first, second, smaller, recorded = 0, ceiling = 0 }: Said = {}): Advice {
    const { lookups, hitRatio, misses } = this.#base;
    const code = (settings: ReplaySettings): string => codeOf(settings);
    const changeOf = ({ remedy, result, gain, from, to }: Tried, own?: "smaller"): AdvisedChange =>
      Object.freeze({
        kind: own ?? remedy.kind,
        settings: Object.freeze(remedy.settings),
        assume: Object.freeze(remedy.assume),
        code: code(remedy.settings),
        gain,
        from,
        to,
        hitRatio: result.hitRatio ?? 0,
        unknown: result.unknown / Math.max(1, result.lookups),
      });
    const change = first ? changeOf(first) : smaller ? changeOf(smaller, "smaller") : undefined;
    const others = bestOfKinds([...this.#accepted(), ...this.#tried]).filter(
      ({ remedy, gain }) => gain > 0 && remedy.kind !== first?.remedy.kind,
    );
    const advice: Omit<Advice, "text"> = {
      tone: toneOf(kind),
      kind,
      lookups,
      hitRatio,
      misses,
      change,
      // oxlint-disable-next-line unicorn/no-thenable -- it is data, which nobody awaits: as a function it would be called
      then: second ? changeOf(second) : undefined,
      others: Object.freeze(others.map((each) => changeOf(each))),
    };
    const worth = new Set(this.#accepted().map(({ remedy }) => remedy.kind));
    const text = textOf(advice, {
      recordedLookups: this.#history.lookups,
      options: this.#history.record.options,
      recorded,
      ceiling,
      worth: advice.others.filter((each) => worth.has(each.kind as Remedy["kind"])),
    });
    return Object.freeze({ ...advice, text });
  }
}

/** What an answer is about. */
interface Said {
  readonly first?: Tried;
  readonly second?: Tried | undefined;
  readonly smaller?: Tried;
  readonly recorded?: number;
  readonly ceiling?: number;
}

/** The first of each kind. */
function bestOfKinds(tried: readonly Tried[]): readonly Tried[] {
  return tried.filter((each, index) => tried.findIndex(({ remedy }) => remedy.kind === each.remedy.kind) === index);
}

function netOf({ gain, remedy }: Tried): number {
  return gain - remedy.price;
}

function isUnknown({ result }: Tried): boolean {
  return result.unknown > MUCH_UNKNOWN * result.lookups;
}

function toneOf(kind: AdviceKind): Advice["tone"] {
  switch (kind) {
    case "wait":
    case "unknown-past":
      return "wait";
    case "nothing":
      return "good";
    case "unexplained":
    case "no-use":
    case "little":
      return "none";
    default:
      return "change";
  }
}
