import { describe, MachoError } from "./lru/errors.ts";
import { WEIGHT } from "./lru/checks.ts";
import type { Store } from "./lru/store.ts";

/** Ms by which two dumps may differ over the time of one write: wall time is told in whole ms, or somewhat coarser. */
export const SAME_WRITE = 10;

/** One entry of a dump. */
export interface DumpEntry<K, V> {
  /** The key, as it was set. */
  readonly key: K;
  /** The value, as it was set. */
  readonly value: V;
  /** Ms since it was written, when the dump was made. */
  readonly age: number;
  /** Ms that it lives from its write; without it, until it is evicted. */
  readonly ttl?: number;
  /** Its weight, in the unit of the cache. */
  readonly weight?: number;
}

/** What `exportCache` gives and `importCache` takes: plain data, if keys and values are. Survives JSON and a restart. */
export interface CacheDump<K, V> {
  /** The form of the dump. */
  readonly version: 1;
  /** Wall time in ms. */
  readonly exportedAt: number;
  /** In the order of the policy, the next victim first. */
  readonly entries: readonly DumpEntry<K, V>[];
}

/** The entries of a store as plain data, as its policy orders them: the next victim first, pinned ones last. */
export function* dumpOf<K, V>(store: Store<K, V>, now: number): Generator<DumpEntry<K, V>, undefined> {
  const { keys, values, weights, ticker } = store;
  // Where nothing expires, nobody knows when a value was written: it may be as old as the cache.
  const oldest = now - (ticker.wallNow() - (ticker.began ?? 0));
  for (const slot of [...store.slots(), ...store.pins.keys()]) {
    const key = keys[slot] as K;
    if (store.find(key) !== slot) continue;
    const ttl = store.ttlOf(slot);
    const bounds = { ...(ttl < Infinity && { ttl }), ...(weights && { weight: weights[slot]! }) };
    yield {
      // As iteration tells it, -0 is 0.
      key: key === 0 ? (0 as K) : key,
      value: values[slot] as V,
      age: Math.max(0, now - (writtenAt(store, slot) ?? oldest)),
      ...bounds,
    };
  }
}

/** When a value was written; `undefined` where nobody knows, since it does not expire. */
export function writtenAt(store: { readonly times: Float64Array | undefined }, slot: number): number | undefined {
  const written = store.times?.[slot] ?? Infinity;
  return written < Infinity ? written : undefined;
}

/** Several orders as one: the last of each are the last of all. */
export function byTurns<T>(orders: readonly (readonly T[])[]): T[] {
  const ranked = orders.flatMap((order) => order.map((each, index) => ({ each, left: order.length - index })));
  return ranked.sort((one, other) => other.left - one.left).map(({ each }) => each);
}

/** @throws MachoError "invalid-dump" unless it is what `exportCache` gave, or JSON made of it */
export function checkDump(dump: unknown): asserts dump is CacheDump<unknown, unknown> {
  const { version, exportedAt, entries } = (dump ?? {}) as Partial<Record<keyof CacheDump<unknown, unknown>, unknown>>;
  checkPart(version === 1, "version must be 1", version);
  checkPart(Number.isFinite(exportedAt), "exportedAt must be a number of ms", exportedAt);
  checkPart(Array.isArray(entries), "entries must be an array", entries);
  (entries as unknown[]).forEach(checkEntry);
}

function checkEntry(entry: unknown, index: number): void {
  const at = `entries[${index}]`;
  checkPart(typeof entry === "object" && entry !== null, `${at} must be an object`, entry);
  const { age, ttl = 1, weight = 0 } = entry as Partial<Record<keyof DumpEntry<unknown, unknown>, unknown>>;
  checkPart(Number.isFinite(age) && (age as number) >= 0, `${at}.age must be ms, 0 or more`, age);
  checkPart(typeof ttl === "number" && ttl > 0, `${at}.ttl must be ms above 0`, ttl);
  checkPart(WEIGHT[1](weight), `${at}.weight must be an integer of 0 or more`, weight);
}

function checkPart(isGood: boolean, what: string, got: unknown): void {
  if (isGood) return;
  const message = `The dump cannot be imported: ${what}, got ${describe(got)}. Pass what exportCache(cache) gave; nothing was changed.`;
  throw new MachoError("invalid-dump", message);
}
