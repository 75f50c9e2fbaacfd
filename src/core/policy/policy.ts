import type { LinkedSlots } from "../lru/linked-slots.ts";
import type { Marks } from "./marks.ts";

/**
 * What a hit does. It is a name and not a method, so that the hit path of a shard stays monomorphic however many
 * policies a page uses. `nothing`: the order does not depend on hits. `mark`: the slot's mark goes up by one, to its
 * limit. `relink`: the slot becomes the newest of `list`. `call`: `touch` is called, which costs the most.
 */
export type HitEffect = "nothing" | "mark" | "relink" | "call";

/**
 * Orders the slots of one shard and names the victim. Slots are numbers from 1, and belong to entries.
 * A policy never sees values, and never hears of an entry while it is pinned. It must not call the cache, and its methods
 * must not throw: they are called in the middle of a write.
 * @see docs/policies.md
 */
export interface Policy {
  /** What a hit does. */
  readonly hit: HitEffect;
  /** The order, for `relink`: a `SlotList`. */
  readonly list?: LinkedSlots | undefined;
  /** What hits count up, for `mark`. */
  readonly marks?: Marks | undefined;
  /**
   * Makes room for slots up to and including `lastSlot`: no other comes before the next call. To be handed on to every
   * part that keeps something by slot, such as a `SlotList`. Only ever grows.
   */
  reserve(lastSlot: number): void;
  /** A key that is absent will be added. Called before `victim` and `add`, for policies that remember keys. */
  expect?(key: unknown): void;
  /** A new entry, or one whose last pin is gone. */
  add(slot: number): void;
  /** An entry was read or overwritten, for `call`. */
  touch?(slot: number): void;
  /** The entry left for whatever reason, or was pinned. `evicted` says that it is the victim. */
  remove(slot: number, evicted: boolean): void;
  /** The slot to evict next, or 0 when the policy holds none. It is removed right after. */
  victim(): number;
  /** The slots that it holds, the next victim first, as far as that is settled already. Changes nothing. */
  slots(): Iterable<number>;
}

/** What a policy may use from outside. */
export interface PolicyContext {
  /** The most entries of the shard: what segments are measured by. Changes by `resize`, so it is not to be kept. */
  readonly capacity: number;
  /** From 0 to below 1. */
  random(): number;
  /** The key of an entry that the policy holds, or is about to. */
  keyOf(slot: number): unknown;
  /** A 32-bit number of a key: equal for equal keys, and well spread. */
  hash(key: unknown): number;
}

/** A policy by name: what the option `strategy` takes. */
export interface Strategy {
  /** Shown in metrics and in the panel. */
  readonly name: string;
  /** Makes the policy of one shard, empty; called again by `clear`. */
  create(context: PolicyContext): Policy;
}
