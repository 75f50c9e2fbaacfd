import { Ghosts } from "./ghosts.ts";
import type { Policy, PolicyContext, Strategy } from "./policy.ts";
import { Segments } from "./segments.ts";

const ONCE = 0;
const OFTEN = 1;

/**
 * ```
 *   ghosts of once <- [once: LRU, aim] [often: LRU, the rest] -> ghosts of often
 *   asked for: the aim grows                       asked for: the aim shrinks
 * ```
 */
class Arc implements Policy {
  readonly hit = "call";
  #segments = new Segments(2);
  #onceGhosts = new Ghosts();
  #oftenGhosts = new Ghosts();
  #context: PolicyContext;
  /** Entries that `once` should have; the paper's p, a real number. */
  #aim = 0;
  /** Of whom the key that is being added was a ghost. */
  #comesBackFrom: typeof ONCE | typeof OFTEN | undefined;
  /** Whether the victim leaves no ghost. */
  #forgetsVictim = false;

  constructor(context: PolicyContext) {
    this.#context = context;
  }

  reserve(lastSlot: number): void {
    this.#segments.reserve(lastSlot);
  }

  expect(key: unknown): void {
    const once = this.#onceGhosts.size;
    const often = this.#oftenGhosts.size;
    this.#comesBackFrom = undefined;
    if (this.#onceGhosts.delete(key)) {
      this.#comesBackFrom = ONCE;
      this.#aim = Math.min(this.#context.capacity, this.#aim + Math.max(1, often / once));
    } else if (this.#oftenGhosts.delete(key)) {
      this.#comesBackFrom = OFTEN;
      this.#aim = Math.max(0, this.#aim - Math.max(1, once / often));
    }
  }

  add(slot: number): void {
    this.#segments.add(this.#comesBackFrom === undefined ? ONCE : OFTEN, slot);
    this.#comesBackFrom = undefined;
  }

  touch(slot: number): void {
    this.#segments.move(OFTEN, slot);
  }

  remove(slot: number, evicted: boolean): void {
    const ghosts = this.#segments.of(slot) === ONCE ? this.#onceGhosts : this.#oftenGhosts;
    this.#segments.remove(slot);
    if (evicted && !this.#forgetsVictim) ghosts.add(this.#context.keyOf(slot));
    this.#forgetsVictim = false;
  }

  victim(): number {
    if (this.#comesBackFrom === undefined && !this.#makeRoomForGhost()) {
      this.#forgetsVictim = true;
      return this.#segments.oldest(ONCE);
    }
    return this.#replaced();
  }

  *slots(): Generator<number, undefined> {
    yield* this.#segments.slots(ONCE);
    yield* this.#segments.slots(OFTEN);
  }

  /** The paper's REPLACE. */
  #replaced(): number {
    const once = this.#segments.size(ONCE);
    const isOver = once > this.#aim || (once === this.#aim && this.#comesBackFrom === OFTEN);
    const [first, second] = once > 0 && isOver ? [ONCE, OFTEN] : [OFTEN, ONCE];
    return this.#segments.oldest(first) || this.#segments.oldest(second);
  }

  /** The paper's case IV, for a key without a ghost. Returns whether the victim may leave one. */
  #makeRoomForGhost(): boolean {
    const { capacity } = this.#context;
    const once = this.#segments.size(ONCE);
    if (once + this.#onceGhosts.size >= capacity) {
      if (this.#onceGhosts.size === 0) return once === 0;
      this.#onceGhosts.trim(capacity - once - 1);
    } else {
      const others = once + this.#onceGhosts.size + this.#segments.size(OFTEN);
      this.#oftenGhosts.trim(2 * capacity - others - 1);
    }
    return true;
  }
}

/**
 * ARC: two LRU lists, for entries that were asked for once and more often, whose sizes follow the ghosts that are asked
 * for. Megiddo and Modha, ARC: a self-tuning, low overhead replacement cache, FAST 2003, figure 4; a ghost that is
 * asked for leaves its list before the victim is chosen.
 */
export function arc(): Strategy {
  return { name: "arc", create: (context) => new Arc(context) };
}
