import { duration } from "./panel/format.ts";
import { gone } from "./row-action.ts";
import { type DevtoolsTarget, type InspectableCache, isClient } from "./source.ts";

/** Columns of a store of this copy of the engine, or of one like it. */
interface WeighedParts {
  readonly storeOf?: (key: unknown) => { readonly weights?: Float64Array | undefined; find?(key: unknown): number };
}

/**
 * Stores another value in the place of one, for the time that it had left, and of the same weight.
 * @param id the key of a cache, or the hash of a query
 * @returns what came of it
 */
export function writeValue(target: DevtoolsTarget, id: unknown, key: unknown, label: string, value: unknown): string {
  const cache = isClient(target) ? target.cache : target;
  const ttl = cache.remainingTtl(id as never);
  if (isClient(target)) {
    // What the cache refused is shown all the same.
    target.setQueryData(key as never, value, ttl === undefined ? {} : { ttl });
  } else {
    if (ttl === undefined) return gone(label);
    cache.set?.(id as never, value as never, { ttl, weight: weightOf(cache, id) });
  }
  const left = cache.remainingTtl(id as never);
  if (left === undefined && ttl !== undefined)
    return `${label} is not stored any more: the cache did not take the value.`;
  if (left === undefined) return `Wrote ${label}`;
  return `Wrote ${label}. ${left === Infinity ? "It never expires." : `It keeps the ${duration(left)} that it had left.`}`;
}

function weightOf(cache: InspectableCache, id: unknown): number | undefined {
  const { parts }: { parts?: WeighedParts } = cache;
  const store = parts?.storeOf?.(id);
  return store?.weights?.[store.find?.(id) ?? 0];
}
