import { numbers } from "./lru/columns.ts";
import type { Seed } from "./lru/seed.ts";
import type { StoreSetup, Write } from "./lru/store-setup.ts";
import { EXACT_BELOW, Store } from "./lru/store.ts";
import type { FilterCells } from "./filter/filter.ts";
import type { KeyHasher } from "./hash.ts";
import { KeyIndex } from "./key-index.ts";
import type { LifespanLog } from "./metrics/lifespans.ts";
import type { LinkedSlots } from "./lru/linked-slots.ts";
import { ListPolicy } from "./policy/list-policy.ts";
import type { ResolvedOptions } from "./options.ts";
import type { Policy, PolicyContext } from "./policy/policy.ts";
import { checkPolicy, invalidPolicy } from "./policy/strategy.ts";

/** What a shard is made with. */
export interface ShardSetup<K, V> extends StoreSetup<K, V> {
  /** Its place among the shards, from 0. */
  readonly index: number;
  /** Those of its cache. */
  readonly options: Pick<ResolvedOptions<K, V>, "timeToIdle" | "filter" | "probability" | "strategy" | "random">;
  /** Holds the hash of the key of the running operation, where there are shards or filters. */
  readonly hasher: KeyHasher;
  /** Hears how old each value was that left, and of which shard. */
  readonly lifespans: Pick<LifespanLog, "record">;
  readonly seed: Seed;
}

/** What a policy may use of its shard. A class: an object with a getter of its own takes long to make. */
class ShardContext implements PolicyContext {
  readonly random: () => number;
  #store: Store<unknown, unknown>;
  #hasher: KeyHasher;

  constructor(store: Store<unknown, unknown>, random: () => number, hasher: KeyHasher) {
    this.random = random;
    this.#store = store;
    this.#hasher = hasher;
  }

  /** Where only weight bounds it, a policy measures its parts by the entries that are there. */
  get capacity(): number {
    const { capacity, size } = this.#store;
    return capacity === Infinity ? Math.max(1, size) : capacity;
  }

  keyOf(slot: number): unknown {
    return this.#store.keys[slot];
  }

  /** When an operation calls its policy, it does not need the hash of its own key any more. */
  hash(key: unknown): number {
    this.#hasher.hash(key);
    return this.#hasher.first;
  }
}

/**
 * A store whose entries are ordered by a policy, and that may have a filter in front and a time to idle. Pinned entries
 * are out of the order: the policy never hears of them.
 */
export class Shard<K, V> extends Store<K, V> {
  /** Misses that the filter told, without a look at the entries. */
  filterRejections = 0;
  /** Misses that the filter let through. */
  falsePositives = 0;
  override readonly seed: Seed;
  #setup: ShardSetup<K, V>;
  #policy!: Policy;
  /** The whole order, where the policy is nothing but a list: then no call is needed. */
  #order: LinkedSlots | undefined;
  /** What a hit relinks, if it does. */
  #list: LinkedSlots | undefined;
  /** As large as the columns, and made anew when they grow. */
  #cells: FilterCells | undefined;
  /** When each entry was written or read last, where that matters. */
  #touched: Float64Array | undefined;
  #isFiltered: boolean;
  /** Whether every write has an exact time. */
  #isExact: boolean;

  /** @throws MachoError "invalid-policy" */
  constructor(setup: ShardSetup<K, V>) {
    super(setup, true);
    this.#setup = setup;
    this.#isFiltered = setup.options.filter !== undefined;
    this.#isExact = setup.options.timeToIdle < EXACT_BELOW;
    this.seed = setup.seed;
    this.index = new KeyIndex<K>(this, setup.seed);
    this.#use(this.#newPolicy());
  }

  /** Bytes of what orders and filters the entries. */
  get bytesAbove(): number {
    const { byteLength = 0 } = this.#cells ?? {};
    return this.reserved * (this.#list ? 8 : 9) + byteLength + (this.#touched?.byteLength ?? 0);
  }

  /** How full the filter is, from 0 to 1; `undefined` without one, or where it does not say. */
  get filterFill(): number | undefined {
    return this.#cells?.fill;
  }

  override lookup(key: K): number {
    if (!this.#isFiltered) return this.serve(key, this.index.get(key));
    const { byValue, first, second } = this.#setup.hasher;
    if (byValue && this.#cells?.has(first, second) === false) {
      this.filterRejections++;
      return this.miss(key, 0);
    }
    const slot = this.index.get(key);
    if (!slot && byValue) this.falsePositives++;
    return this.serve(key, slot);
  }

  override clear(): void {
    // A policy of the user's own may refuse to begin anew: nothing has changed then.
    const policy = this.#newPolicy();
    super.clear();
    this.index = new KeyIndex<K>(this, this.seed);
    this.#cells = this.#touched = undefined;
    this.#use(policy);
  }

  override deadlineOf(slot: number): number {
    const deadline = super.deadlineOf(slot);
    return this.#touched === undefined
      ? deadline
      : Math.min(deadline, this.#touched[slot]! + this.#setup.options.timeToIdle);
  }

  override *slots(): Generator<number, undefined> {
    yield* this.#policy.slots();
  }

  override reserveOrder(lastSlot: number): void {
    const { filter, probability, timeToIdle } = this.#setup.options;
    this.#policy.reserve(lastSlot);
    if (timeToIdle < Infinity) this.#touched = numbers(lastSlot, this.#touched);
    if (!filter) return;
    this.#cells = filter.create(lastSlot, probability);
    for (const key of this.index.keys()) this.#filter(key, "add");
  }

  override renew(slot: number): void {
    if (this.#list !== undefined) this.#list.renew(slot);
    else this.#touchOther(slot);
    if (this.#touched !== undefined) this.#touched[slot] = this.ticker.kept;
  }

  override expect(key: K): void {
    this.#policy.expect?.(key);
  }

  override victim(): number {
    return this.#order === undefined ? this.#otherVictim() : this.#order.links[0]!;
  }

  override vacate(slot: number, isEvicted: boolean): void {
    if (this.#order === undefined) this.#policy.remove(slot, isEvicted);
  }

  override enter(slot: number, isReplacing: boolean): void {
    if (this.#cells !== undefined) this.#filter(this.keys[slot], "add");
    if (isReplacing && this.#order !== undefined) this.#order.renew(slot);
    else this.#policy.add(slot);
    if (this.#touched !== undefined) {
      const now = this.#isExact ? this.ticker.now() : this.ticker.kept;
      const deadline = now + this.#setup.options.timeToIdle;
      this.#touched[slot] = now;
      // Later accesses only move it away.
      if (deadline < this.ahead) this.note(deadline);
    }
  }

  override add(slot: number): void {
    this.#policy.add(slot);
  }

  override remove(slot: number, isEvicted: boolean): void {
    this.#policy.remove(slot, isEvicted);
  }

  override overwrite(slot: number, write: Write): Write {
    if (this.#isExact) this.ticker.now();
    const age = this.ticker.kept - this.times![slot]!;
    this.#setup.lifespans.record(age, this.#setup.index);
    return write.keepTtl ? { ttl: this.ttlOf(slot) - age, weight: write.weight, age: 0, keepTtl: false } : write;
  }

  override gone(slot: number): void {
    if (this.#cells !== undefined) this.#filter(this.keys[slot], "remove");
    const times = this.times!;
    this.#setup.lifespans.record(this.ticker.kept - times[slot]!, this.#setup.index);
    times[slot] = Infinity;
    if (this.#touched !== undefined) this.#touched[slot] = Infinity;
  }

  /** Apart, so that the usual case stays short enough to be inlined, whatever other policies do. */
  #touchOther(slot: number): void {
    const { hit, marks } = this.#policy;
    if (hit === "mark") {
      const { bytes, limit } = marks!;
      if (bytes[slot]! < limit) bytes[slot]!++;
    } else if (hit === "call" && !this.pins.has(slot)) this.#policy.touch!(slot);
  }

  /** Apart, like `#touchOther`. Checked: the policy may be one of the user's own. */
  #otherVictim(): number {
    const victim = this.#policy.victim();
    // A free slot was written at Infinity, and one that does not exist never.
    const isHeld = (victim | 0) === victim && this.times![victim]! < Infinity && !this.pins.has(victim);
    if (victim === 0 || isHeld) return victim;
    throw invalidPolicy(
      this.#setup.options.strategy.name,
      `named slot ${victim} as the victim, which it was not given`,
    );
  }

  #filter(key: unknown, change: "add" | "remove"): void {
    const { hasher } = this.#setup;
    hasher.hash(key);
    if (hasher.byValue) this.#cells![change](hasher.first, hasher.second);
  }

  #newPolicy(): Policy {
    const { strategy, random } = this.#setup.options;
    const context = new ShardContext(this as Store<unknown, unknown>, random, this.#setup.hasher);
    return checkPolicy(strategy.create(context), strategy.name);
  }

  #use(policy: Policy): void {
    this.#policy = policy;
    this.#order = policy instanceof ListPolicy ? policy.list : undefined;
    this.#list = policy.hit === "relink" ? policy.list : undefined;
  }
}
