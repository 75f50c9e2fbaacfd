import type { BoundedCache } from "../../core/lru/bounded-cache.ts";
import { type Recordable, recordableCache } from "../../simulate/cache-recording.ts";
import { cacheOf, type DevtoolsTarget } from "../source.ts";
import { Refusal } from "./refusal.ts";

/** The cache of a target, whose accesses can be recorded. @throws Refusal */
export function recordableOf(target: DevtoolsTarget): BoundedCache {
  try {
    // What it is not, it is told here.
    return recordableCache(cacheOf(target) as object as Recordable);
  } catch {
    throw new Refusal("The accesses of this cache cannot be recorded: it is of another engine.");
  }
}
