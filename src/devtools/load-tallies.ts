import { sameKey } from "./source.ts";

/** Keys whose loads are counted. The one that was loaded longest ago is forgotten first, if it can be one that never failed. */
const MAX_TALLIES = 300;
/** Keys whose longest load is known. */
const MAX_SLOWEST = 20;

/** The loads of one key that ended by themselves. */
export interface Tally {
  readonly key: unknown;
  readonly ended: number;
  readonly failed: number;
}

/** The longest load of a key. */
export interface SlowKey {
  readonly key: unknown;
  readonly ms: number;
}

/** Which keys fail most, and which are slowest. */
export class LoadTallies {
  /** The slowest first: of all keys that ever were loaded. */
  slowest: readonly SlowKey[] = [];
  /** By whether any failed; each in the order in which they were loaded last. */
  #calm = new Map<unknown, Tally>();
  #failing = new Map<unknown, Tally>();
  #most: number;
  #mostSlow: number;

  constructor(most: number = MAX_TALLIES, mostSlow: number = MAX_SLOWEST) {
    this.#most = most;
    this.#mostSlow = mostSlow;
  }

  /** A load ended, and was not aborted. */
  add(key: unknown, ms: number, isFailed: boolean): void {
    this.#count(key, isFailed);
    const known = this.slowest.find((each) => sameKey(each.key, key));
    if (known && known.ms >= ms) return;
    const others = this.slowest.filter((each) => each !== known);
    if (others.length === this.#mostSlow && others[others.length - 1]!.ms >= ms) return;
    this.slowest = [...others, { key, ms }].sort((one, other) => other.ms - one.ms).slice(0, this.#mostSlow);
  }

  /** Keys of which a load failed, those with the most failures first. */
  failingMost(most: number): Tally[] {
    const failing = [...this.#failing.values()];
    return failing.sort((one, other) => other.failed - one.failed || one.ended - other.ended).slice(0, most);
  }

  #count(key: unknown, isFailed: boolean): void {
    const [calm, failing] = [this.#calm, this.#failing];
    const { ended, failed } = failing.get(key) ?? calm.get(key) ?? { ended: 0, failed: 0 };
    calm.delete(key);
    failing.delete(key);
    const tally: Tally = { key, ended: ended + 1, failed: failed + Number(isFailed) };
    (tally.failed > 0 ? failing : calm).set(key, tally);
    if (calm.size + failing.size <= this.#most) return;
    const forgetful = calm.size > 0 ? calm : failing;
    forgetful.delete(forgetful.keys().next().value);
  }
}
