import fc from "fast-check";
import { Cache, LruCache, type LruMetrics } from "macho-cache";
import { persist } from "macho-cache/persist";
import { QueryClient } from "macho-cache/query";
import { expect, test } from "vitest";
import { createEntrySource } from "../../src/devtools/entry-source.ts";
import { analyse } from "../../src/devtools/panel/analysis.ts";
import { INITIAL_VIEW } from "../../src/devtools/panel/entries-view.ts";
import { walkEntries } from "../../src/devtools/panel/entry-walk.ts";
import { walkedOf } from "../../src/devtools/panel/memory-page.tsx";
import { figuresOf } from "../../src/devtools/panel/row-figures.ts";
import { RowWalk } from "../../src/devtools/panel/row-walk.ts";
import { Recording } from "../../src/devtools/recording.ts";
import type { DevtoolsTarget } from "../../src/devtools/source.ts";
import { Backend } from "../support/backend.ts";
import { ManualPage } from "../support/manual-page.ts";
import { MemoryTier } from "../support/memory-tier.ts";
import { Watched } from "../support/watched.ts";
import { ManualTime } from "./fake-source.ts";
import { kinds, seededOptions } from "./random-caches.ts";

const KEYS = 12;
const WAIT = 40;

interface Step {
  do: "get" | "set" | "delete" | "has" | "clear" | "wait" | "load";
  key: number;
}

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({
    do: fc.constantFrom<Step["do"][]>(
      ...(["get", "get", "get", "set", "set", "set", "delete", "has", "wait", "clear", "load"] as const),
    ),
    key: fc.nat(KEYS),
  }),
  { maxLength: 120, size: "max" },
);

const seeds = fc.integer({ min: 1, max: 1_000 });
/** Whether what happens is recorded while somebody looks. */
const recorded = fc.boolean();

/** The metrics without the options and the start, which belong to one cache and not to its behaviour. */
function counters(metrics: LruMetrics & { options?: unknown }): object {
  const { options: _, since: __, ...rest } = metrics;
  return rest;
}

const task = (): Promise<void> => new Promise((next) => setImmediate(next));

/** What the page Memory and shards does. */
function walkAll(recording: Recording): void {
  for (const kind of ["prefix", "tag"] as const) {
    const walk = walkEntries(walkedOf(recording, kind, true));
    while (!walk.next().done);
  }
  recording.source.parts()?.stores.map(({ filterFill }) => filterFill);
}

/** Everything that the panel reads, as often as it could. */
async function lookAt(
  target: DevtoolsTarget,
  time: ManualTime,
  isRecorded: boolean,
): Promise<{ look(): void; stop(): void }> {
  const recording = new Recording(target, time);
  const { source, sampler, stories } = recording;
  const entries = createEntrySource(target, recording);
  const { sizeOf, hitsOf } = figuresOf(entries, stories);
  const views = [
    { ...INITIAL_VIEW, areOpen: true, showsLeft: true, filter: "item size>1B ttl<1h read:0" },
    { ...INITIAL_VIEW, areOpen: true, sort: "next" as const },
  ];
  const rest = isRecorded ? () => recording.stop() : sampler.start();
  if (isRecorded) {
    recording.start();
    // What records comes a little later.
    while (!recording.accesses) await task();
  }
  const leave = sampler.subscribe(() => undefined);
  let looks = 0;
  const look = (): void => {
    sampler.sample();
    stories.latest(100);
    source.lifespans();
    source.latencies();
    source.loadDurations();
    source.loadDurationsByShard();
    void source.tier()?.status;
    walkAll(recording);
    entries.size();
    recording.missedBy("evicted");
    for (const view of views) new RowWalk(entries, view, stories).run(() => false);
    for (const row of entries.rows()) {
      const { id } = row;
      sizeOf(row);
      hitsOf(row);
      entries.has(id);
      entries.peek(id);
      entries.row(id);
      entries.detail(id);
      recording.lifeOf(id);
      stories.departureOf(id);
    }
    if (recording.accesses && ++looks % 20 === 0) for (const _ of analyse(recording.accesses.read()));
  };
  const stop = (): void => {
    leave();
    rest();
  };
  return { look, stop };
}

/** Does the steps, looked at after each of them, or never. */
async function follow(
  target: DevtoolsTarget,
  time: ManualTime,
  todo: readonly Step[],
  looked: boolean | undefined,
  apply: (step: Step) => unknown,
): Promise<unknown[]> {
  const watch = looked === undefined ? undefined : await lookAt(target, time, looked);
  const seen: unknown[] = [];
  for (const each of todo) {
    seen.push(apply(each));
    await task();
    watch?.look();
  }
  watch?.stop();
  return seen;
}

/** What a `Cache` and an `LruCache` both do. */
interface AnyCache {
  get(key: string): unknown;
  set(key: string, value: unknown): unknown;
  delete(key: string): boolean;
  has(key: string): boolean;
  clear(): void;
}

type Load = (key: string, answer: () => Promise<unknown>) => Promise<unknown>;

function applyToCache(cache: AnyCache, load: Load, { do: what, key: number }: Step, time: ManualTime): unknown {
  const key = `key ${number}`;
  switch (what) {
    case "get":
      return cache.get(key);
    case "set":
      return void cache.set(key, number);
    case "delete":
      return cache.delete(key);
    case "has":
      return cache.has(key);
    case "clear":
      return cache.clear();
    case "wait":
      return time.advance(WAIT);
    case "load":
      // Some fail.
      return void load(key, async () => {
        if (number % 3 === 0) throw new Error(`no ${key}`);
        return number;
      }).catch(String);
  }
}

test("a cache that is looked at all the time behaves like one that is not: every policy, filters, shards, weights", async () => {
  await fc.assert(
    fc.asyncProperty(steps, kinds, seeds, recorded, async (todo, kind, seed, isRecorded) => {
      const run = async (looked: boolean | undefined): Promise<unknown> => {
        const time = new ManualTime();
        const [removals, timers]: unknown[][] = [[], []];
        const onRemoval = (key: string, _: unknown, cause: string): void => void removals!.push([key, cause]);
        const cache = new Cache<string, unknown>({ ...seededOptions(time, timers!, seed), ...kind, onRemoval });
        const load: Load = (key, answer) => cache.getOrLoad(key, answer);
        const seen = await follow(cache, time, todo, looked, (each) => applyToCache(cache, load, each, time));
        const result = [seen, removals, timers, counters(cache.metrics), [...cache.keys()]];
        cache.dispose();
        return result;
      };
      expect(await run(isRecorded)).toEqual(await run(undefined));
    }),
  );
});

test("so does an LruCache", async () => {
  await fc.assert(
    fc.asyncProperty(steps, recorded, async (todo, isRecorded) => {
      const run = async (looked: boolean | undefined): Promise<unknown> => {
        const time = new ManualTime();
        const timers: unknown[] = [];
        const { random: _, ...small } = seededOptions(time, timers, 1);
        const cache = new LruCache<string, unknown>(small);
        const removals: unknown[] = [];
        cache.subscribe((event) => void removals.push({ ...event }));
        // It does not load by itself: the app does.
        const load: Load = async (key, answer) => cache.get(key) ?? cache.set(key, await answer());
        const seen = await follow(cache, time, todo, looked, (each) => applyToCache(cache, load, each, time));
        const result = [seen, removals, timers, counters(cache.metrics), [...cache.keys()]];
        cache.dispose();
        return result;
      };
      expect(await run(isRecorded)).toEqual(await run(undefined));
    }),
  );
});

test("so does one with a tier behind it, and the tier is asked the same", async () => {
  await fc.assert(
    fc.asyncProperty(steps, recorded, async (todo, isRecorded) => {
      const run = async (looked: boolean | undefined): Promise<unknown> => {
        const time = new ManualTime();
        const timers: unknown[] = [];
        const options = seededOptions(time, timers, 1);
        const cache = new Cache<string, unknown>(options);
        const storage = new MemoryTier();
        const { stop, flush, ...persistence } = persist(cache, { scope: "anna", storage, clock: options.clock });
        // So that neither begins while it still opens.
        await persistence.ready;
        const load: Load = (key, answer) => cache.getOrLoad(key, answer);
        const seen = await follow(cache, time, todo, looked, (each) => applyToCache(cache, load, each, time));
        const told = [seen, [...timers], counters(cache.metrics), [...cache.keys()], [...storage.calls]];
        // In slices, as many as the machine needs.
        await flush();
        const { status } = persistence;
        await stop();
        const stored = [...storage.records].map(([id, { d, x }]) => [id, d, x]);
        const result = [...told, new Set(storage.calls), status, stored];
        cache.dispose();
        return result;
      };
      expect(await run(isRecorded)).toEqual(await run(undefined));
    }),
  );
});

test.each(["a Cache", "an LruCache"])(
  "a client with %s and mounted hooks that is looked at all the time tells them the same",
  async (kind) => {
    await fc.assert(
      fc.asyncProperty(steps, recorded, async (todo, isRecorded) => {
        const run = async (looked: boolean | undefined): Promise<unknown> => {
          const time = new ManualTime();
          const timers: unknown[] = [];
          const { random, ...small } = seededOptions(time, timers, 1);
          const cache = kind === "a Cache" ? new Cache({ ...small, random }) : new LruCache(small);
          const environment = new ManualPage();
          const defaultOptions = { queries: { retry: 1, retryDelay: 30, staleTime: 50 } };
          const client = new QueryClient({ cache, environment, defaultOptions });
          const backend = new Backend();
          client.mount();
          const events: unknown[] = [];
          client.subscribe(({ type, hash }: { type: string; hash: string }) => void events.push([type, hash]));
          const hooks = [0, 1, 2].map((key) => new Watched(client, ["item", key], backend.fetcher));
          const seen = await follow(client, time, todo, looked, (each) => applyToClient(client, each, time, backend));
          const result = [
            seen,
            events,
            timers,
            environment.listeners,
            hooks.map(({ shown, result: { status, fetchStatus } }) => [shown, status, fetchStatus]),
            backend.requests.map(({ key }) => key),
            counters(client.cache.metrics),
            [...cache.keys()],
            client.getQueries().map(({ hash, data, observerCount }) => [hash, data, observerCount]),
          ];
          for (const { leave } of hooks) leave();
          client.dispose();
          return result;
        };
        expect(await run(isRecorded)).toEqual(await run(undefined));
      }),
    );
  },
);

function applyToClient(
  client: QueryClient,
  { do: what, key: number }: Step,
  time: ManualTime,
  backend: Backend,
): unknown {
  const key = ["item", number];
  switch (what) {
    case "get":
      return client.getQueryData(key);
    case "has":
      return void client.invalidateQueries({ queryKey: key });
    case "set":
      return void client.setQueryData(key, number);
    case "delete":
      return client.removeQueries({ queryKey: key, exact: true });
    case "clear":
      return client.clear();
    case "wait":
      return time.advance(WAIT);
    case "load":
      return void (number % 3 === 0
        ? backend.fail(backend.count - 1, "no")
        : backend.answer(backend.count - 1, number));
  }
}
