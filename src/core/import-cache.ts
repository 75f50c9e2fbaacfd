import type { Cache } from "./cache.ts";
import { type CacheDump, checkDump, SAME_WRITE } from "./dump.ts";
import { disposedError } from "./lru/errors.ts";
import type { CacheParts } from "./parts.ts";
import type { Shard } from "./shard.ts";

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
export function importCache<K, V>(cache: Cache<K, V>, dump: CacheDump<K, V>): number {
  const { parts } = cache;
  const { ticker } = parts;
  if (parts.isDisposed()) throw disposedError("importCache");
  checkDump(dump);
  // On the clock of this cache. A dump from a wall clock that is ahead was made now.
  const exported = ticker.now() - Math.max(0, ticker.steadyWall() - dump.exportedAt);
  return importInto(parts, dump, exported);
}

/** @param exported when the dump was made, on the clock of the cache */
function importInto<K, V>(host: CacheParts<K, V>, { entries }: CacheDump<K, V>, exported: number): number {
  const { ticker, desk } = host;
  const now = ticker.now();
  const news = new Map<Shard<K, V>, News<K, V>[]>();
  // All is weighed before anything changes.
  for (const { key, value, age, ttl = Infinity, weight: own } of entries) {
    const shard = host.shardOf(key);
    const written = exported - age;
    if (now - written >= ttl || !isNews(shard, key, written)) continue;
    const { weight } = desk.weigh(key, value, { weight: desk.isWeighed ? own : undefined });
    const those = news.get(shard) ?? [];
    news.set(shard, those);
    those.push({ key, value, written, ttl, weight });
  }
  host.purge();
  const known = new Set(entries.map(({ key }) => key));
  const mayGo = (key: K, written: number): boolean => written <= exported && !known.has(key);
  let stored = 0;
  for (const [shard, those] of news) {
    for (const { key, value, written, ttl, weight } of withRoom(shard, those, mayGo)) {
      // The same key may come twice, and a listener may have written it, or disposed of the cache.
      if (host.isDisposed()) return stored;
      if (!isNews(host.shardOf(key), key, written)) continue;
      if (shard.fits(weight)) stored++;
      shard.set(key, value, desk.aged(ttl, weight, ticker.now() - written));
    }
  }
  return stored;
}

/** Whether what was written then is later than what is here. */
function isNews<K, V>(shard: Shard<K, V>, key: K, written: number): boolean {
  const slot = shard.find(key);
  return slot === 0 || written > shard.writtenAt(slot) + SAME_WRITE;
}

/**
 * The last for which there is room, which is made here; what is here of the others is not true any more, and goes. Those
 * that get lighter come first, so that no policy has to choose a victim on the way.
 */
function withRoom<K, V>(
  shard: Shard<K, V>,
  news: readonly News<K, V>[],
  mayGo: (key: K, written: number) => boolean,
): News<K, V>[] {
  const { size, pinned } = shard;
  const victims = shard.victims(mayGo);
  const slots = new Map(news.map((each) => [each, shard.find(each.key)]));
  const going = [...victims, ...slots.values()].filter((slot) => slot !== 0);
  let entries = shard.capacity - size;
  let weight = shard.maxWeight - shard.weight;
  const free = (slot: number, by: 1 | -1): void => {
    entries += by;
    weight += by * shard.weightAt(slot);
  };
  for (const slot of going) free(slot, 1);
  const isPinned = ([, slot]: readonly [unknown, number]): number => Number(shard.isPinned(slot));
  // What is pinned makes no room, ever: beside it alone, one may exceed the bound.
  let mayExceed = pinned > 0 && pinned === size - going.filter((slot) => !shard.isPinned(slot)).length;
  /** Those that are stored, and how early. */
  const taken = new Map<News<K, V>, number>();
  // It is overwritten in any case, and so counts first.
  for (const [each, slot] of [...slots].reverse().sort((one, other) => isPinned(other) - isPinned(one))) {
    const stays = shard.isPinned(slot);
    const fits = shard.fits(each.weight);
    const hasRoom = stays || mayExceed || (entries > 0 && weight >= each.weight);
    // One that is too heavy for its shard is refused there, and counted.
    if (!fits || hasRoom) taken.set(each, stays ? 2 : Number(!fits || each.weight < shard.weightAt(slot)));
    else if (slot !== 0) shard.evict(slot);
    if (!fits || !hasRoom) continue;
    mayExceed &&= stays;
    entries--;
    weight -= each.weight;
  }
  // Those that stay are the best of them.
  for (const slot of victims.reverse()) {
    if (entries > 0 && weight >= shard.weightAt(slot)) free(slot, -1);
    else shard.evict(slot);
  }
  const stored = news.filter((each) => taken.has(each));
  return stored.sort((one, other) => taken.get(other)! - taken.get(one)!);
}
