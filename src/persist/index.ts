/**
 * Keeps answers in a storage, and shares them across tabs and servers.
 * @packageDocumentation
 * @since 0.2.0
 */

export type { Codec, PersistOptions } from "./options.ts";
export { persist, type Persistence } from "./persist.ts";
export { indexedDbTier, type IndexedDbOptions } from "./indexed-db.ts";
export { type LockOptions, withLock } from "./tier-lock.ts";
export type { MaybePromise, Stamp, Tier, TierChange, TierMeta, TierRecord } from "./tier.ts";
export type { TierStatus } from "../core/lru/tier.ts";
export { shareAcrossTabs, type TabOptions, type TabSharing } from "./tabs.ts";
