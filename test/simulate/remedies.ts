import { allPolicies } from "macho-cache/policies";
import type { Headline, Load } from "./loads/load.ts";
import type { Change } from "./play.ts";

export interface Remedy {
  readonly headline: Headline;
  readonly name: string;
  readonly change: Change;
}

/** Everything that is worth a try about a load, one change each. */
export function remediesFor({ cache }: Load): readonly Remedy[] {
  const { maxCacheSize = 100, maxWeight, timeToIdle = Infinity, shardCount = 1, strategy = "lru" } = cache;
  const sizes = [1.25, 1.5, 2, 3, 4].map((times): Remedy => {
    const settings = {
      maxCacheSize: Math.round(maxCacheSize * times),
      ...(maxWeight === undefined ? {} : { maxWeight: Math.round(maxWeight * times) }),
    };
    return { headline: "size", name: `${times} times the size`, change: { settings } };
  });
  const policies = Object.entries(allPolicies).filter(([name]) => name !== strategy);
  return [
    ...sizes,
    ...[2, 4, Infinity].map((times): Remedy => ({
      headline: "ttl",
      name: `${times} times the ttl`,
      change: { ttlTimes: times },
    })),
    ...(timeToIdle < Infinity
      ? [{ headline: "idle", name: "no time to idle", change: { settings: { timeToIdle: Infinity } } } as const]
      : []),
    ...policies.map(([name, policy]): Remedy => ({
      headline: "policy",
      name,
      change: { settings: { strategy: policy() } },
    })),
    ...(shardCount > 1
      ? [{ headline: "shards", name: "one shard", change: { settings: { shardCount: 1 } } } as const]
      : []),
    { headline: "failures", name: "loads succeed", change: { loadsSucceed: true } },
    { headline: "absent", name: "store absent answers", change: { storeAbsent: true } },
    { headline: "removals", name: "nothing is deleted or cleared", change: { ignoreRemovals: true } },
    { headline: "unread-writes", name: "unread writes are not stored", change: { skipUnreadWrites: true } },
  ];
}
