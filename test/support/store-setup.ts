import { Ticker } from "../../src/core/lru/clock.ts";
import { Outbox } from "../../src/core/lru/events.ts";
import type { StoreSetup } from "../../src/core/lru/store-setup.ts";
import { ManualClock } from "./manual-clock.ts";

/** What a store is made with, where only its bounds matter. */
export function storeSetup<K, V>(bounds: Partial<StoreSetup<K, V>> = {}): StoreSetup<K, V> {
  const ticker = new Ticker(new ManualClock(), true);
  const outbox = new Outbox<K, V>(undefined, ticker);
  return { capacity: Infinity, maxWeight: Infinity, ttl: Infinity, ticker, outbox, ...bounds };
}
