import { type Deadlines, expireNow, renewTtl } from "../core/internal.ts";
import type { Interventions } from "./interventions.ts";
import { duration } from "./panel/format.ts";
import { gone, type RowAction } from "./row-action.ts";
import type { InspectableCache } from "./source.ts";

/** What can be done with the lifetime of an entry. None of it counts as a read or a write. */
export function lifeActions(cache: InspectableCache, held: Interventions): readonly RowAction[] {
  const stored = (id: unknown): boolean => cache.remainingTtl(id as never) !== undefined;
  return [
    {
      name: "Pin",
      group: "Life",
      isOffered: (id) => stored(id) && !held.isPinned(id),
      run: (id, label) =>
        held.pin(id) ? `Pinned ${label}: it is not evicted. It still expires, and can be removed.` : gone(label),
    },
    {
      name: "Unpin",
      group: "Life",
      isOffered: (id) => held.isPinned(id),
      run(id, label) {
        held.unpin(id);
        return `Unpinned ${label}`;
      },
    },
    {
      name: "Extend",
      group: "Life",
      isOffered: stored,
      more: (id) => ttlWords(deadlinesOf(cache, id), id),
      run: (id, label) => extend(cache, id, label),
    },
  ];
}

/** The full ttl of an entry that can be extended. */
function ttlWords(store: Deadlines | undefined, id: unknown): string {
  const slot = store?.find(id);
  const ttl = slot ? store!.ttlOf(slot) : Infinity;
  return ttl < Infinity ? duration(ttl) : "";
}

function extend(cache: InspectableCache, id: unknown, label: string): string {
  const left = cache.remainingTtl(id as never);
  if (left === undefined) return gone(label);
  const not = `${label} is not extended`;
  if (left === Infinity) return `${not}: it never expires.`;
  const store = deadlinesOf(cache, id);
  if (!store) return `${not}: ${OTHER_COPY}`;
  if (renewTtl(store, id) === 0) return `${not}: it leaves when nobody reads it (timeToIdle), and only a read helps.`;
  return `The ttl of ${label} begins anew: ${duration(cache.remainingTtl(id as never) ?? 0)} from now.`;
}

/** Has an entry expire. @returns why it cannot */
export function expire(cache: InspectableCache, id: unknown, label: string): string | undefined {
  const store = deadlinesOf(cache, id);
  if (!store || !cache.purgeExpired) return `${label} does not expire now: ${OTHER_COPY}`;
  if (!expireNow(store, id)) return gone(label);
  cache.purgeExpired();
  return undefined;
}

const OTHER_COPY = "its cache is of another copy of macho-cache.";

/** The columns of the deadline of a key, of this copy of the engine or of one like it. */
function deadlinesOf(cache: InspectableCache, id: unknown): Deadlines | undefined {
  const { storeOf } = (cache.parts ?? {}) as { storeOf?: (key: unknown) => Partial<Deadlines> };
  const store = storeOf?.(id);
  return store?.note && store.find && store.ttlOf ? (store as Deadlines) : undefined;
}
