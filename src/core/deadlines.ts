// What devtools do to the lifetime of one entry. It counts nothing: no write, no read, no change of the order.
import { numbers } from "./lru/columns.ts";

/** The columns of a store that an entry's deadline is made of. By shape: a page may hold two copies of the package. */
export interface Deadlines {
  times: Float64Array | undefined;
  ttls: Float64Array | undefined;
  readonly ttl: number;
  readonly reserved: number;
  readonly ticker: { now(): number };
  find(key: unknown): number;
  ttlOf(slot: number): number;
  deadlineOf(slot: number): number;
  note(deadline: number): void;
}

/** Has an entry expire now, as old as it is: the next sweep removes it. Returns whether it was there. */
export function expireNow(store: Deadlines, key: unknown): boolean {
  const slot = store.find(key);
  if (!slot) return false;
  const now = store.ticker.now();
  // Where nothing could expire, nobody knows when it was written.
  const times = (store.times ??= numbers(store.reserved));
  times[slot] = Math.min(times[slot]!, now);
  store.ttls ??= new Float64Array(store.reserved + 1).fill(store.ttl);
  // A ms less than its age, so that no fraction keeps it.
  store.ttls[slot] = now - times[slot] - 1;
  store.note(now - 1);
  return true;
}

/** Has the ttl of an entry begin anew. Returns ms by which it lives longer; 0 where it cannot, or is not there. */
export function renewTtl(store: Deadlines, key: unknown): number {
  const slot = store.find(key);
  const before = slot ? store.deadlineOf(slot) : Infinity;
  if (before === Infinity) return 0;
  store.times![slot] = store.ticker.now();
  // A time to idle may end it before.
  return Math.max(0, store.deadlineOf(slot) - before);
}
