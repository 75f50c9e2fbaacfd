import { KeyHasher } from "./hash.ts";
import { Pins } from "./pins.ts";
import { ListPolicy } from "./policy/list-policy.ts";
import type { Marks } from "./policy/marks.ts";
import type { Policy, PolicyContext, Strategy } from "./policy/policy.ts";
import type { SlotList } from "./lru/slot-list.ts";
import { checkPolicy, invalidPolicy } from "./policy/strategy.ts";
import type { Seed } from "./lru/seed.ts";

/** What a shard shows its policy. */
export interface Ranked {
  /** The most entries that there will be; those that are there, where only weight bounds them. */
  readonly room: number;
  keyAt(slot: number): unknown;
}

/** What a policy may use of its shard. */
export class ShardContext implements PolicyContext {
  readonly random: () => number;
  #ranked: Ranked;
  /** Its own: a policy hashes in the middle of an operation. */
  #hasher: KeyHasher | undefined;
  #seed: Seed;

  constructor(random: () => number, ranked: Ranked, seed: Seed) {
    this.random = random;
    this.#ranked = ranked;
    this.#seed = seed;
  }

  get capacity(): number {
    return this.#ranked.room;
  }

  keyOf(slot: number): unknown {
    return this.#ranked.keyAt(slot);
  }

  hash(key: unknown): number {
    this.#hasher ??= new KeyHasher(this.#seed);
    this.#hasher.hash(key);
    return this.#hasher.first;
  }
}

/** A shard's policy as the shard uses it: without the pinned entries, of which it never hears. */
export class Ranking {
  #policy: Policy;
  #name: string;
  #pins: Pins;
  /** The whole order, where the policy is nothing but a list: then no call is needed. */
  #order: SlotList | undefined;
  /** What a hit does: one of the three, or nothing. */
  #list: SlotList | undefined;
  #marks: Marks | undefined;
  #calls: boolean;

  /**
   * @param onUnpinned hears that an entry is back in the ranking, as a new one
   * @throws MachoError "invalid-policy"
   */
  constructor(strategy: Strategy, context: PolicyContext, onUnpinned: () => void) {
    const policy = checkPolicy(strategy.create(context), strategy.name);
    this.#policy = policy;
    this.#name = strategy.name;
    this.#order = policy instanceof ListPolicy ? policy.list : undefined;
    this.#list = policy.hit === "relink" ? policy.list : undefined;
    this.#marks = policy.hit === "mark" ? policy.marks : undefined;
    this.#calls = policy.hit === "call";
    this.#pins = new Pins((slot) => {
      this.#policy.add(slot);
      onUnpinned();
    });
  }

  /** Bytes that the usual policies have for each slot. */
  get bytesPerSlot(): number {
    return this.#list ? 8 : 9;
  }

  reserve(lastSlot: number): void {
    this.#policy.reserve(lastSlot);
  }

  /** A key that is absent will be added. */
  expect(key: unknown): void {
    if (this.#policy.expect !== undefined) this.#policy.expect(key);
  }

  add(slot: number): void {
    this.#policy.add(slot);
  }

  /** An access, as the policy wants to hear of it. */
  touch(slot: number): void {
    if (this.#list !== undefined) this.#list.renew(slot);
    else this.#touchOther(slot);
  }

  /** Apart, so that the usual case stays short enough to be inlined, whatever other policies do. */
  #touchOther(slot: number): void {
    if (this.#marks !== undefined) {
      const { bytes, limit } = this.#marks;
      if (bytes[slot]! < limit) bytes[slot]!++;
    } else if (this.#calls && !this.isPinned(slot)) this.#policy.touch!(slot);
  }

  /** An entry left. */
  remove(slot: number, evicted: boolean): void {
    if (this.#pins.size === 0 || !this.#pins.forget(slot)) this.#policy.remove(slot, evicted);
  }

  /** The victim left, and its slot goes to the next entry: `addInPlace` follows. */
  leave(slot: number, evicted: boolean): void {
    if (this.#order === undefined) this.#policy.remove(slot, evicted);
  }

  /** A new entry in the slot of the victim that left: in a list, it only moves. */
  addInPlace(slot: number): void {
    if (this.#order !== undefined) this.#order.renew(slot);
    else this.#policy.add(slot);
  }

  /** The slot to evict next; 0 when everything is pinned. */
  victim(written: Float64Array): number {
    return this.#order !== undefined ? this.#order.oldest : this.#victimOther(written);
  }

  /** Checked: the policy may be one of the user's own. */
  #victimOther(written: Float64Array): number {
    const victim = this.#policy.victim();
    // A free slot was written at Infinity, and one that does not exist never.
    const isHeld = (victim | 0) === victim && written[victim]! < Infinity && !this.isPinned(victim);
    if (victim === 0 || isHeld) return victim;
    throw invalidPolicy(this.#name, `named slot ${victim} as the victim, which it was not given`);
  }

  /** Runs a change during which an entry cannot be the victim; afterwards it is like a new one. */
  sparing(slot: number, change: () => void): void {
    if (this.isPinned(slot)) return change();
    this.#policy.remove(slot, false);
    change();
    this.#policy.add(slot);
  }

  isPinned(slot: number): boolean {
    return this.#pins.size !== 0 && this.#pins.has(slot);
  }

  /** Keeps an entry from eviction. Returns the undo. */
  pin(slot: number): () => void {
    if (!this.#pins.has(slot)) this.#policy.remove(slot, false);
    return this.#pins.add(slot);
  }

  /** The next victim first; pinned ones are the last. */
  *slots(): Generator<number, undefined> {
    yield* this.#policy.slots();
    yield* this.#pins.slots();
  }

  /** The same without the pinned ones. */
  victims(): Iterable<number> {
    return this.#policy.slots();
  }

  /** How many are pinned. */
  get pinned(): number {
    return this.#pins.size;
  }

  /** The shard was emptied: pins of before undo nothing any more. */
  retire(): void {
    this.#pins.clear();
  }
}
