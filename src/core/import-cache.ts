import { type CacheDump, checkDump, SAME_WRITE, writtenAt } from "./dump.ts";
import type { BoundedCache } from "./lru/bounded-cache.ts";
import { disposedError } from "./lru/errors.ts";
import type { Store } from "./lru/store.ts";

/** An entry of a dump that is news here. */
interface News<K, V> {
  readonly key: K;
  readonly value: V;
  readonly written: number;
  readonly ttl: number;
  readonly weight: number;
}

/**
 * Stores the entries of a dump, whose times went on since. What has expired is left out, and so is what was not written
 * later than what is here. Of keys that are not here, each shard takes the last ones, which the policy of the dump would
 * have kept, for as much room as it has: what is free, and what is left by entries that the dump does not have and that
 * were here before it was made. So a dump takes no room from its own entries, nor from what is newer than it: importing
 * it twice does no more than once, and an older one brings nothing back in the place of what came since. Loads under way
 * go on, and their answers are newer. The dump is only read. A weight of the dump counts where the cache has a bound for
 * it. docs/decisions/0009-dumps-hold-ages.md
 * @returns how many were stored
 * @throws MachoError "invalid-dump", and what the weigher throws, before anything changes; "disposed" after `dispose`
 *
 * @example
 * importCache(cache, JSON.parse(text));
 */
export function importCache<K, V>(cache: BoundedCache<K, V>, dump: CacheDump<K, V>): number {
  const { storeOf, writes, ticker } = cache.parts;
  if (cache.disposed) throw disposedError("importCache");
  checkDump(dump);
  const now = ticker.now();
  // On the clock of this cache. A dump from a wall clock that is ahead was made now.
  const exported = now - Math.max(0, ticker.wallNow() + ticker.setBack - dump.exportedAt);
  const news = new Map<Store<K, V>, News<K, V>[]>();
  // All is weighed before anything changes.
  for (const { key, value, age, ttl = Infinity, weight: own } of dump.entries) {
    const store = storeOf(key);
    const written = exported - age;
    if (now - written >= ttl || !isNews(store, key, written)) continue;
    const { weight } = writes.weigh(writes.isWeighed ? { weight: own } : {}, value, key);
    const those = news.get(store) ?? [];
    news.set(store, those);
    those.push({ key, value, written, ttl, weight });
  }
  cache.purgeExpired();
  const known = new Set(dump.entries.map(({ key }) => key));
  let stored = 0;
  for (const [store, those] of news) {
    const mayGo = (slot: number): boolean =>
      (writtenAt(store, slot) ?? Infinity) <= exported && !known.has(store.keys[slot] as K);
    for (const { key, value, written, ttl, weight } of withRoom(store, those, mayGo)) {
      // The same key may come twice, and a listener may have written it, or disposed of the cache.
      if (cache.disposed) return stored;
      if (!isNews(storeOf(key), key, written)) continue;
      if (weight <= store.maxWeight) stored++;
      store.set(key, value, { ttl, weight, age: ticker.now() - written, keepTtl: false });
    }
  }
  return stored;
}

/** Whether what was written then is later than what is here. */
function isNews<K, V>(store: Store<K, V>, key: K, written: number): boolean {
  const slot = store.find(key);
  return slot === 0 || written > (writtenAt(store, slot) ?? Infinity) + SAME_WRITE;
}

/**
 * The last for which there is room, which is made here; what is here of the others is not true any more, and goes. Those
 * that get lighter come first, so that no policy has to choose a victim on the way.
 */
function withRoom<K, V>(
  store: Store<K, V>,
  news: readonly News<K, V>[],
  mayGo: (slot: number) => boolean,
): News<K, V>[] {
  const { size, pins } = store;
  const weightAt = (slot: number): number => (slot === 0 ? 0 : (store.weights?.[slot] ?? 0));
  const victims = Array.from(store.slots()).filter(mayGo);
  const slots = new Map(news.map((each) => [each, store.find(each.key)]));
  const going = [...victims, ...slots.values()].filter((slot) => slot !== 0);
  let entries = store.capacity - size;
  let weight = store.maxWeight - store.weight;
  const free = (slot: number, by: 1 | -1): void => {
    entries += by;
    weight += by * weightAt(slot);
  };
  for (const slot of going) free(slot, 1);
  const isPinned = ([, slot]: readonly [unknown, number]): number => Number(pins.has(slot));
  // What is pinned makes no room, ever: beside it alone, one may exceed the bound.
  let mayExceed = pins.size > 0 && pins.size === size - going.filter((slot) => !pins.has(slot)).length;
  /** Those that are stored, and how early. */
  const taken = new Map<News<K, V>, number>();
  // It is overwritten in any case, and so counts first.
  for (const [each, slot] of [...slots].reverse().sort((one, other) => isPinned(other) - isPinned(one))) {
    const stays = pins.has(slot);
    const fits = each.weight <= store.maxWeight;
    const hasRoom = stays || mayExceed || (entries > 0 && weight >= each.weight);
    // One that is too heavy for its store is refused there, and counted.
    if (!fits || hasRoom) taken.set(each, stays ? 2 : Number(!fits || each.weight < weightAt(slot)));
    else if (slot !== 0) store.evict(slot);
    if (!fits || !hasRoom) continue;
    mayExceed &&= stays;
    entries--;
    weight -= each.weight;
  }
  // Those that stay are the best of them.
  for (const slot of victims.reverse()) {
    if (entries > 0 && weight >= weightAt(slot)) free(slot, -1);
    else store.evict(slot);
  }
  const stored = news.filter((each) => taken.has(each));
  return stored.sort((one, other) => taken.get(other)! - taken.get(one)!);
}
