import { QueryClient } from "macho-cache/query";
import { expect, test } from "vitest";
import { collect } from "../support/collect.ts";

const KEYS = 20_000;
const ROUNDS = 8;

/** Bytes that are alive. */
function heap(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

/** Everything that one key can have: an answer, a hook, a load that fails, one that never ends, an index, a timer. */
async function use(client: QueryClient, round: number): Promise<void> {
  const loads: Promise<void>[] = [];
  for (let index = 0; index < KEYS; index++) {
    const key = ["item", round, index];
    const kind = index % 4;
    if (kind === 0) client.setQueryData(key, { index }, { ttl: 60_000 });
    if (kind === 1) loads.push(client.prefetchQuery(key, () => Promise.resolve({ index })));
    if (kind === 2) loads.push(client.prefetchQuery(key, () => Promise.reject(new Error(String(index)))));
    if (kind === 3) {
      const observer = client.observe(key, (_key, { signal }) => new Promise(() => signal.aborted), {
        staleTime: 60_000,
      });
      const leave = observer.subscribe(() => undefined);
      client.setQueryData(key, { index });
      leave();
    }
  }
  await Promise.all(loads);
  await client.invalidateQueries(["item"]);
  client.clear();
  // Loads that nobody waits for are aborted in a task of their own.
  await new Promise((resolve) => setTimeout(resolve));
}

test("nothing is left of a key after clear: the heap is back where it was after rounds of 20,000 keys", async () => {
  const client = new QueryClient({ cache: { maxCacheSize: KEYS } });
  client.mount();
  await use(client, ROUNDS);
  const before = heap();
  for (let round = 0; round < ROUNDS; round++) await use(client, round);
  const growth = heap() - before;
  expect(client.getQueries()).toEqual([]);
  // Less than ten bytes for each key that came and went.
  expect(growth).toBeLessThan(10 * KEYS * ROUNDS);
  client.dispose();
}, 120_000);
