import { dehydrate, hydrate, QueryClient, type QueryKey, suspensionOf } from "macho-cache/query";
import { expect, test } from "vitest";
import { isHeld, leftBehind } from "../../support/collect.ts";

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
      void suspensionOf(observer);
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
}, 300_000);

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
  expect(await isHeld(answers[0]!)).toBe(false);
  client.dispose();
});

/**
 * The fastest of some runs, in ms, and of more as long as none took less than is enough: what a busy machine adds is
 * never negative.
 */
async function fastest(run: (turn: number) => unknown, enough: number = Infinity): Promise<number> {
  let least = Infinity;
  for (let turn = 0; turn < 20 || (least >= enough && turn < 200); turn++) {
    const began = performance.now();
    // oxlint-disable-next-line no-await-in-loop
    await run(turn);
    least = Math.min(least, performance.now() - began);
  }
  return least;
}

/** What it takes to copy every state once into an object of its own: the least that a look at each could cost. */
function copyEach(client: QueryClient): number {
  return Array.from(client.cache.values(), (value) => ({ ...(value as { state: object }).state })).length;
}

test("50,000 queries: one is read, written and invalidated without a look at the others", async () => {
  const client = new QueryClient({ cache: { maxCacheSize: 50_000 } });
  client.mount();
  const key = (index: number): QueryKey => ["group", Math.floor(index / 10), index];
  for (let index = 0; index < 50_000; index++)
    client.setQueryData(key(index), index, { tags: [`group ${index % 5_000}`] });
  await client.invalidateQueries({ queryKey: ["group", 1] });
  const observer = client.observe(["group", 0, 0], () => new Promise(() => undefined));
  observer.subscribe(() => undefined);
  const look = await fastest(() => copyEach(client));
  const one = {
    exact: await fastest((turn) => client.invalidateQueries({ queryKey: key(turn + 1), exact: true }), look / 20),
    prefix: await fastest((turn) => client.invalidateQueries(["group", turn + 1]), look / 20),
    tag: await fastest((turn) => client.invalidateQueries({ tags: [`group ${turn + 1}`] }), look / 20),
    write: await fastest((turn) => client.setQueryData(key(turn + 1), -turn), look / 20),
    loading: await fastest(() => client.isFetching(), look / 20),
    "loading by prefix": await fastest(() => client.isFetching(["group"]), look / 20),
    active: await fastest(() => client.getQueries({ type: "active" }), look / 20),
    "active loads": await fastest(() => void client.refetchQueries({ type: "active" }), look / 20),
  };
  expect(client.isFetching()).toBe(1);
  for (const [what, ms] of Object.entries(one)) expect([what, ms < look / 20]).toEqual([what, true]);
  expect(client.getQueries().filter(({ isInvalidated }) => isInvalidated).length).toBeGreaterThan(100);
  client.dispose();
});

test("50,000 queries: a call that looks at each costs no more than a few copies of what it looks at", async () => {
  const client = new QueryClient({ cache: { maxCacheSize: 50_000 } });
  for (let index = 0; index < 50_000; index++) client.setQueryData(["item", index], index);
  const look = await fastest(() => copyEach(client));
  const each = {
    stale: await fastest(() => client.getQueries({ stale: false }), 5 * look),
    predicate: await fastest(() => client.getQueries({ predicate: () => false }), 5 * look),
    all: await fastest(() => client.getQueries(), 5 * look),
    "invalidate by predicate": await fastest(() => client.invalidateQueries({ predicate: () => true }), 5 * look),
    "invalidate all": await fastest(() => client.invalidateQueries(), 5 * look),
  };
  for (const [what, ms] of Object.entries(each)) expect([what, ms < 5 * look]).toEqual([what, true]);
  client.dispose();
});
