import fc from "fast-check";
import { Cache, exportCache, LruCache } from "macho-cache";
import { QueryClient } from "macho-cache/query";
import { expect, test } from "vitest";
import { answerRequest } from "../../../src/devtools/agent/answer.ts";
import { cacheOf, type DevtoolsTarget } from "../../../src/devtools/source.ts";
import { Backend } from "../../support/backend.ts";
import { ManualPage } from "../../support/manual-page.ts";
import { Watched } from "../../support/watched.ts";
import { ManualTime } from "../fake-source.ts";
import { kinds, seededOptions } from "../random-caches.ts";

const KEYS = 8;
const WAIT = 40;

interface Step {
  readonly do: "get" | "set" | "delete" | "clear" | "wait" | "pin";
  readonly key: number;
}

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    do: fc.constantFrom<Step["do"][]>("get", "get", "get", "set", "set", "set", "delete", "wait", "clear", "pin"),
    key: fc.nat(KEYS),
  }),
  { maxLength: 60, size: "max" },
);
/** Whether the story of a key is asked for as well, which begins a record. */
const asksWhy = fc.boolean();

/** Everything that a tool may read, of every key. */
async function readAll(target: DevtoolsTarget, isStory: boolean): Promise<void> {
  const ask = async (operation: string, request: object): Promise<void> => {
    const { error } = JSON.parse(await answerRequest(target, { operation, cache: "", ...request })) as {
      error?: { code: string };
    };
    // An order of eviction that nobody can tell is refused.
    if (error && error.code !== "refused") throw new Error(JSON.stringify(error));
  };
  await ask("summary", {});
  await ask("keys", { filter: "item size>1B ttl<1h" });
  for (const sort of ["next", "reads", "size", "ttl", "key"]) await ask("keys", { sort, limit: 3 });
  for (let key = 0; key <= KEYS; key++) {
    for (const named of [`key ${key}`, `["item",${key}]`]) {
      for (const show of ["tree", "json", "none"]) await ask("entry", { key: named, show });
      if (isStory) await ask("why", { key: named });
    }
  }
  await ask("entry", { key: "…", nth: 1, show: "tree" });
  if (isStory) await ask("keys", { departed: true });
}

interface AnyCache {
  get(key: string): unknown;
  set(key: string, value: unknown): unknown;
  delete(key: string): boolean;
  clear(): void;
  pin(key: string): unknown;
}

function apply(cache: AnyCache, { do: what, key: number }: Step, time: ManualTime): unknown {
  const key = `key ${number}`;
  if (what === "wait") return time.advance(WAIT);
  if (what === "set") return void cache.set(key, { number, inside: new Map([[number, "item"]]) });
  if (what === "pin") return typeof cache.pin(key);
  return what === "clear" ? cache.clear() : cache[what](key);
}

/** What somebody who reads may not change, without the start of the count. */
function stateOf(target: DevtoolsTarget): unknown {
  const cache = cacheOf(target);
  const { options: _, since: __, ...metrics } = cache.metrics as unknown as Record<string, unknown>;
  const keys = [...cache.keys()];
  return [metrics, keys.map((key) => [key, cache.remainingTtl(key as never), cache.peek(key as never)])];
}

async function follow(
  target: DevtoolsTarget,
  todo: readonly Step[],
  read: boolean | undefined,
  run: (step: Step) => unknown,
): Promise<unknown[]> {
  const seen: unknown[] = [];
  for (const each of todo) {
    seen.push(run(each));
    if (read !== undefined) await readAll(target, read);
    seen.push(stateOf(target));
  }
  return seen;
}

test("a cache that a tool reads after each step behaves like one that is left alone: every policy, filters, shards, weights", async () => {
  await fc.assert(
    fc.asyncProperty(steps, kinds, fc.integer({ min: 1, max: 1_000 }), asksWhy, async (todo, kind, seed, isStory) => {
      const run = async (read: boolean | undefined): Promise<unknown> => {
        const time = new ManualTime();
        const [removals, timers]: unknown[][] = [[], []];
        const onRemoval = (key: string, _: unknown, cause: string): void => void removals!.push([key, cause]);
        const cache = new Cache<string, unknown>({ ...seededOptions(time, timers!, seed), ...kind, onRemoval });
        const seen = await follow(cache, todo, read, (each) => apply(cache, each, time));
        // The dump has the order of eviction.
        const result = [seen, removals, timers, exportCache(cache)];
        cache.dispose();
        return result;
      };
      expect(await run(isStory)).toEqual(await run(undefined));
    }),
    { numRuns: 20 },
  );
});

test("so does an LruCache", async () => {
  await fc.assert(
    fc.asyncProperty(steps, asksWhy, async (todo, isStory) => {
      const run = async (read: boolean | undefined): Promise<unknown> => {
        const time = new ManualTime();
        const timers: unknown[] = [];
        const { random: _, ...small } = seededOptions(time, timers, 1);
        const cache = new LruCache<string, unknown>(small);
        const seen = await follow(cache, todo, read, (each) => apply(cache, each, time));
        const result = [seen, timers, exportCache(cache)];
        cache.dispose();
        return result;
      };
      expect(await run(isStory)).toEqual(await run(undefined));
    }),
    { numRuns: 20 },
  );
});

test("a client whose queries are read after each step tells its hooks the same, and loads no more", async () => {
  await fc.assert(
    fc.asyncProperty(steps, asksWhy, async (todo, isStory) => {
      const run = async (read: boolean | undefined): Promise<unknown> => {
        const time = new ManualTime();
        const timers: unknown[] = [];
        const { random: _, ...small } = seededOptions(time, timers, 1);
        const environment = new ManualPage();
        const client = new QueryClient({ cache: new LruCache(small), environment });
        const backend = new Backend();
        client.mount();
        const hooks = [0, 1].map((key) => new Watched(client, ["item", key], backend.fetcher));
        const perform = ({ do: what, key }: Step): unknown => {
          if (what === "wait") return time.advance(WAIT);
          if (what === "set") return void client.setQueryData(["item", key], { key });
          if (what === "delete") return client.removeQueries({ queryKey: ["item", key], exact: true });
          return what === "clear" ? client.clear() : client.getQueryData(["item", key]);
        };
        const seen = await follow(client, todo, read, perform);
        const result = [
          seen,
          timers,
          environment.listeners,
          hooks.map(({ shown, result: { status, fetchStatus } }) => [shown, status, fetchStatus]),
          backend.requests.length,
          exportCache(client.cache as never),
        ];
        for (const { leave } of hooks) leave();
        client.dispose();
        return result;
      };
      expect(await run(isStory)).toEqual(await run(undefined));
    }),
    { numRuns: 20 },
  );
});
