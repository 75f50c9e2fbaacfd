import { describe, MachoError } from "./lru/errors.ts";
import { plainKey } from "./lru/events.ts";
import { isWeight } from "./lru/checks.ts";
import type { ShardEntry } from "./shard.ts";

/** Ms by which two dumps may differ over the time of one write: wall time is told in whole ms, or somewhat coarser. */
export const SAME_WRITE = 10;

/** One entry of a dump. */
export interface DumpEntry<K, V> {
  readonly key: K;
  readonly value: V;
  /** Ms since it was written, when the dump was made. */
  readonly age: number;
  /** Ms that it lives from its write; without it, until it is evicted. */
  readonly ttl?: number;
  readonly weight?: number;
}

/** What `exportCache` gives and `importCache` takes: plain data, if keys and values are. Survives JSON and a restart. */
export interface CacheDump<K, V> {
  readonly version: 1;
  /** Wall time in ms. */
  readonly exportedAt: number;
  /** In the order of the policy, the next victim first. */
  readonly entries: readonly DumpEntry<K, V>[];
}

/** An entry as plain data. */
export function dumpOf<K, V>(entry: ShardEntry<K, V>, now: number): DumpEntry<K, V> {
  const { value, ttl, weight, written } = entry;
  const key = plainKey(entry.key);
  const bounds = { ...(ttl < Infinity && { ttl }), ...(weight !== undefined && { weight }) };
  return { key, value, age: Math.max(0, now - written), ...bounds };
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
  checkPart(isWeight(weight), `${at}.weight must be an integer of 0 or more`, weight);
}

function checkPart(isGood: boolean, what: string, got: unknown): void {
  if (isGood) return;
  const message = `The dump cannot be imported: ${what}, got ${describe(got)}. Pass what exportCache(cache) gave; nothing was changed.`;
  throw new MachoError("invalid-dump", message);
}
