import { dehydrate, hydrate, QueryClient, type QueryKey } from "macho-cache/query";
import { expect, test } from "vitest";
import { collect, leftBehind } from "../support/collect.ts";

const KEYS = 20_000;
const ROUNDS = 8;

/** Everything that one key can have: an answer, a hook, a load that fails, one that never ends, an index, a timer. */
async function use(client: QueryClient, round: number): Promise<void> {
  const loads: Promise<void>[] = [];
  for (let index = 0; index < KEYS; index++) {
    const key = ["item", round, index];
    const kind = index % 6;
    if (kind === 0) client.setQueryData(key, { index }, { ttl: 60_000, tags: [`tag ${round} ${index}`] });
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
    if (kind === 4) loads.push(client.prefetchQuery(key, () => Promise.reject(new Error("no")), { errorTtl: 60_000 }));
    if (kind === 5) {
      const observer = client.observe(key, () => ({ index }), { suspense: true, refetchInterval: 60_000 });
      void observer.suspension();
      observer.subscribe(() => undefined)();
    }
  }
  await Promise.all(loads);
  await client.invalidateQueries(["item"]);
  await client.invalidateQueries(["item"]);
  hydrate(client, dehydrate(client));
  client.clear();
  // Loads that nobody waits for are aborted in a task of their own.
  await new Promise((resolve) => setTimeout(resolve));
}

test("nothing is left of a key after clear: the heap is back where it was after rounds of 20,000 keys", async () => {
  const client = new QueryClient({ cache: { maxCacheSize: KEYS } });
  client.mount();
  await use(client, ROUNDS);
  const rounds = async (): Promise<void> => {
    for (let round = 0; round < ROUNDS; round++) await use(client, round);
    expect(client.getQueries()).toEqual([]);
  };
  // Less than ten bytes for each key that came and went.
  const enough = 10 * KEYS * ROUNDS;
  expect(await leftBehind(rounds, enough)).toBeLessThan(enough);
  client.dispose();
}, 120_000);

test("30. a settled load lets go of what it was answered with, when other data takes its place", async () => {
  const client = new QueryClient();
  client.mount();
  const answers: WeakRef<object>[] = [];
  const observer = client.observe("a", () => {
    const answer = { items: [1] };
    answers.push(new WeakRef(answer));
    return answer;
  });
  observer.subscribe(() => undefined);
  await new Promise((resolve) => setTimeout(resolve));
  expect(answers[0]?.deref()).toBeDefined();
  client.setQueryData("a", "other");
  await new Promise((resolve) => setTimeout(resolve));
  collect();
  expect(answers[0]?.deref()).toBeUndefined();
  client.dispose();
});

test("50,000 queries: one is read, written and invalidated without a look at the others", async () => {
  const client = new QueryClient({ cache: { maxCacheSize: 50_000 } });
  const key = (index: number): QueryKey => ["group", Math.floor(index / 10), index];
  for (let index = 0; index < 50_000; index++)
    client.setQueryData(key(index), index, { tags: [`group ${index % 5_000}`] });
  await client.invalidateQueries({ queryKey: ["group", 1] });
  /** The fastest of some runs, in ms: what a busy machine adds is never negative. */
  const fastest = async (run: (turn: number) => Promise<void> | void): Promise<number> => {
    const times: number[] = [];
    for (let turn = 0; turn < 20; turn++) {
      const began = performance.now();
      await run(turn);
      times.push(performance.now() - began);
    }
    return Math.min(...times);
  };
  const scan = await fastest(() => void client.getQueries({ predicate: () => false }));
  const bounds = {
    exact: await fastest((turn) => client.invalidateQueries({ queryKey: key(turn), exact: true })),
    prefix: await fastest((turn) => client.invalidateQueries(["group", turn])),
    tag: await fastest((turn) => client.invalidateQueries({ tags: [`group ${turn}`] })),
    write: await fastest((turn) => void client.setQueryData(key(turn), -turn)),
  };
  for (const [what, ms] of Object.entries(bounds)) expect([what, ms < scan / 20]).toEqual([what, true]);
  expect(client.getQueries().filter(({ isInvalidated }) => isInvalidated).length).toBeGreaterThan(100);
  client.dispose();
}, 60_000);
