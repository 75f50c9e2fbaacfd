import type { BoundedCache } from "../core/lru/bounded-cache.ts";
import { MachoError } from "../core/lru/index.ts";
import { describe, hostClock, isUsableCache, Ticker } from "../core/lru/internal.ts";
import type { TierStatus, TierView } from "../core/lru/tier.ts";
import type { QueryCache } from "../query/machine/query-cache.ts";
import type { QueryClient } from "../query/client/client.ts";
import { resolveFilter, type QueryTarget } from "../query/store/filter.ts";
import { matcherOf } from "../query/key/prefix.ts";
import { CacheSource } from "./cache-source.ts";
import { ClientSource } from "./client-source.ts";
import { ClientTier } from "./client-tier.ts";
import { indexedDbTier } from "./indexed-db.ts";
import { flushWhenHidden } from "./hidden-page.ts";
import { type PersistOptions, resolvePersistOptions } from "./options.ts";
import { within } from "./guarded-tier.ts";
import { Persister } from "./persister.ts";
import { type LockedTier, SHARE } from "./tier-lock.ts";
import { writerName } from "./stamp.ts";

/** Ms after which `ready` resolves in any case. */
const READY_MS = 2_000;

/** A client or a cache that is persisted. */
export interface Persistence {
  /**
   * Resolves when the storage has said what it holds, and of a cache, when its entries are back; after 2 s in any case. It
   * never rejects, and nothing waits for it.
   */
  readonly ready: Promise<void>;
  /** How the storage does. Made anew at each read. */
  readonly status: TierStatus;
  /** Writes now what waits to be written. Resolves when that is done, or the storage has failed. */
  flush(): Promise<void>;
  /**
   * Brings what is stored into memory, the newest first, as far as there is room: it evicts nothing, and replaces nothing.
   * Resolves to how many entries came.
   */
  restore(which?: QueryTarget): Promise<number>;
  /**
   * Removes everything of a scope: from memory, from the storage, and from other tabs where `shareAcrossTabs` connects them.
   * Nothing that is under way brings it back. Resolves when it is gone.
   * @param scope @defaultValue its own
   * @throws what the storage failed with. Memory is empty then, and the storage is not
   */
  purge(scope?: string): Promise<void>;
  /** Writes what waits, and nothing more from then on. What is stored stays. */
  stop(): Promise<void>;
}

/**
 * Keeps the answers of a client, or the values of a cache, beyond the page: in IndexedDB, or in the storage that is given.
 * A load asks memory, then the storage, then its fetcher.
 * @throws MachoOptionError for an option that cannot be used; MachoError "invalid-argument" for what is neither a client nor
 * a cache, and for one that is persisted already
 *
 * @example
 * const persistence = persist(client, { scope: user.id });
 * // when the user logs out
 * await persistence.purge();
 */
export function persist<K, V>(
  target: QueryClient | QueryCache | BoundedCache<K, V>,
  options: PersistOptions,
): Persistence {
  const resolved = resolvePersistOptions(options, indexedDbTier);
  const cache = cacheOf(target);
  const client = "host" in target ? target : undefined;
  if (cache.parts.tier || client?.host.tier) {
    throw new MachoError(
      "invalid-argument",
      "This cache is persisted already, or shared across tabs. Call stop() of what persist() or shareAcrossTabs() gave first.",
    );
  }
  const clock = new Ticker(resolved.clock ?? hostClock, true);
  const { keys = [], tags = [] } = resolved.exclude ?? {};
  const fits = keys.map((key) => matcherOf(key));
  const source = client
    ? new ClientSource(client, {
        isShared: resolved.storage.shared === true,
        isExcluded: (hash, own) => fits.some((each) => each(hash)) || tags.some((tag) => own.includes(tag)),
      })
    : new CacheSource(cache, () => clock.wallNow());
  const persister = new Persister(source, resolved, clock, writerName());
  persister.share = (resolved.storage as LockedTier)[SHARE]?.(persister);
  const view: TierView = {
    get status() {
      return persister.status;
    },
    purge: () => persister.purge(),
    restore: () => persister.upkeep.restore(),
    holds: (key) => persister.holds(key),
  };
  cache.parts.tier = {
    view,
    deleted: (key) => persister.deleted(key),
    cleared: () => persister.cleared(),
    ...(source instanceof CacheSource && { load: source.loadBy(persister) }),
  };
  if (client && source instanceof ClientSource) client.host.tier = new ClientTier(source, persister);
  const leave = cache.subscribe((event) => persister.hear(event));
  const unhide = flushWhenHidden(() => void persister.writes.flush(true));
  const opened = client ? persister.open() : persister.upkeep.restore();
  const ready = within<unknown>(clock, READY_MS, opened).then(() => undefined);
  const stop = async (): Promise<void> => {
    leave();
    unhide();
    cache.parts.tier = undefined;
    if (client) client.host.tier = undefined;
    persister.isStopped = true;
    await persister.writes.flush();
    // Also where the storage fails just now. One that has nothing to close does not work again by that.
    if ("close" in resolved.storage) await persister.guarded.call(READY_MS, (tier) => tier.close?.(), true);
  };
  let stopped: Promise<void> | undefined;
  return {
    ready,
    get status() {
      return persister.status;
    },
    flush: () => persister.writes.flush(),
    restore(which) {
      if (which === undefined) return persister.upkeep.restore();
      const { queryKey, exact, tags: some } = resolveFilter("restore", which);
      const fitsKey = matcherOf(queryKey, exact);
      return persister.upkeep.restore(
        (text, own) => fitsKey(text) && (!some || some.some((tag) => own?.includes(tag))),
      );
    },
    purge: (scope) => persister.purge(scope),
    stop: () => (stopped ??= stop()),
  };
}

function cacheOf(target: unknown): BoundedCache {
  const cache: unknown = (target as { cache?: unknown } | null | undefined)?.cache ?? target;
  // Its mark says that it is one.
  if (typeof cache === "object" && cache !== null && isUsableCache(cache)) return cache as BoundedCache;
  const message = `persist needs a QueryClient or a cache, got ${describe(target)}. Pass the client of the provider.`;
  throw new MachoError("invalid-argument", message);
}
