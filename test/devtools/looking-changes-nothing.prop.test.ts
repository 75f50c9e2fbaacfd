import fc from "fast-check";
import { Cache, type CacheOptions, LruCache, type LruMetrics } from "macho-cache";
import { QueryClient } from "macho-cache/query";
import { expect, test } from "vitest";
import { Recording } from "../../src/devtools/recording.ts";
import { createEntrySource } from "../../src/devtools/entry-source.ts";
import type { DevtoolsTarget } from "../../src/devtools/source.ts";
import { ManualTime } from "./fake-source.ts";

type Step = { do: "get" | "set" | "delete" | "has" | "clear" | "wait"; key: number };

const steps = fc.array(
  fc.record({
    do: fc.constantFrom<Step["do"][]>("get", "get", "get", "set", "set", "set", "delete", "has", "wait", "clear"),
    key: fc.nat(12),
  }),
  { maxLength: 120, size: "max" },
);

const WAIT = 40;

function options(time: ManualTime, strategy: "lru" | "fifo" | "random", seed: number): CacheOptions<string, unknown> {
  let state = seed;
  const random = (): number => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
  // No `schedule`: the test moves the time, and nothing may run by itself.
  const clock = { now: () => time.time - 1_000_000, wallNow: () => time.time, schedule: () => () => undefined };
  return { maxCacheSize: 5, ttl: 100, strategy, clock, random, exactClock: true };
}

/** The metrics without the options and the start, which belong to one cache and not to its behaviour. */
function counters(metrics: LruMetrics & { options?: unknown }): object {
  const { options: _, since: __, ...rest } = metrics;
  return rest;
}

/** Everything that the panel reads, as often as it could. */
function lookAt(target: DevtoolsTarget, time: ManualTime): { look(): void; stop(): void } {
  const recording = new Recording(target, time);
  const { source, sampler, stories } = recording;
  const entries = createEntrySource(target);
  recording.start();
  const leave = sampler.subscribe(() => undefined);
  const look = (): void => {
    sampler.sample();
    stories.latest(100);
    source.lifespans();
    source.latencies();
    source.loadDurations();
    source.loadDurationsByShard();
    entries.size();
    for (const { id } of entries.rows()) {
      entries.peek(id);
      entries.row(id);
      entries.detail(id);
      recording.lifeOf(id);
      stories.departureOf(id);
    }
  };
  const stop = (): void => {
    leave();
    recording.stop();
  };
  return { look, stop };
}

test("a cache that is looked at all the time behaves like one that is not", () => {
  const strategies = fc.constantFrom("lru", "fifo", "random");
  fc.assert(
    fc.property(steps, strategies, fc.integer({ min: 1, max: 1_000 }), (todo, strategy, seed) => {
      const run = (looked: boolean): unknown => {
        const time = new ManualTime();
        const removals: unknown[] = [];
        const onRemoval = (key: string, _: unknown, cause: string): void => void removals.push([key, cause]);
        const cache = new Cache<string, unknown>({ ...options(time, strategy, seed), onRemoval });
        const watch = looked ? lookAt(cache, time) : undefined;
        const seen: unknown[] = [];
        for (const step of todo) {
          seen.push(apply(cache, step, time));
          watch?.look();
        }
        watch?.stop();
        const result = [seen, removals, counters(cache.metrics), [...cache.keys()]];
        cache.dispose();
        return result;
      };
      expect(run(true)).toEqual(run(false));
    }),
  );
});

function apply(cache: Cache<string, unknown>, step: Step, time: ManualTime): unknown {
  const key = `key ${step.key}`;
  switch (step.do) {
    case "get":
      return cache.get(key);
    case "set":
      return void cache.set(key, step.key);
    case "delete":
      return cache.delete(key);
    case "has":
      return cache.has(key);
    case "clear":
      return cache.clear();
    case "wait":
      return time.advance(WAIT);
  }
}

test.each(["a Cache", "an LruCache"])(
  "a client with %s that is looked at all the time behaves like one that is not",
  (kind) => {
    fc.assert(
      fc.property(steps, (todo) => {
        const run = (looked: boolean): unknown => {
          const time = new ManualTime();
          const { random, strategy, ...small } = options(time, "lru", 1);
          const cache = kind === "a Cache" ? new Cache({ ...small, random, strategy }) : new LruCache(small);
          const client = new QueryClient({ cache });
          const watch = looked ? lookAt(client, time) : undefined;
          const seen: unknown[] = [];
          for (const step of todo) {
            seen.push(applyToClient(client, step, time));
            watch?.look();
          }
          watch?.stop();
          const result = [
            seen,
            counters(client.cache.metrics),
            client.getQueries().map(({ hash, data }) => [hash, data]),
          ];
          client.dispose();
          return result;
        };
        expect(run(true)).toEqual(run(false));
      }),
    );
  },
);

function applyToClient(client: QueryClient, step: Step, time: ManualTime): unknown {
  const key = ["item", step.key];
  switch (step.do) {
    case "get":
    case "has":
      return client.getQueryData(key);
    case "set":
      return void client.setQueryData(key, step.key);
    case "delete":
      return client.removeQueries({ queryKey: key, exact: true });
    case "clear":
      return client.clear();
    case "wait":
      return time.advance(WAIT);
  }
}
