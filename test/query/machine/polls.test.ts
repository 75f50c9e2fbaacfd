// When a poll is due; what it does is in behaviours/freshness.test.ts.
import { type QueryOptions } from "macho-cache/query";
import { afterEach, expect, test, vi } from "vitest";
import { settled } from "../../support/deferred.ts";
import type { Watched } from "../../support/watched.ts";
import { backend, client, clock, inQueryWorld, page, watch } from "../../support/query-world.ts";

inQueryWorld({ queries: { retry: false, staleTime: Infinity } });

afterEach(() => vi.unstubAllGlobals());

async function loaded(options: QueryOptions = {}): Promise<Watched> {
  const film = watch("film", options);
  await backend.answer(backend.count - 1, "data");
  return film;
}

function turn({ observer }: Watched, options: Partial<QueryOptions>): void {
  observer.update(observer.fetcher, { ...observer.options, ...options } as never);
}

/** Ms until the next load, in steps of 10. */
async function untilLoad(): Promise<number> {
  const { count } = backend;
  for (let ms = 0; ms < 10_000; ms += 10) {
    if (backend.count > count) {
      // oxlint-disable-next-line no-await-in-loop
      await backend.answer(count, "data");
      return ms;
    }
    clock.advance(10);
  }
  return Infinity;
}

test("78. an interval counts from when it is switched on, the first time and again", async () => {
  const film = await loaded();
  clock.advance(5_000);
  turn(film, { refetchInterval: 100 });
  expect(await untilLoad()).toBe(100);
  turn(film, { refetchInterval: false });
  clock.advance(5_000);
  turn(film, { refetchInterval: 100 });
  expect(await untilLoad()).toBe(100);
});

test("78. an interval counts from the last load, if that is later", async () => {
  const film = await loaded({ refetchInterval: 100 });
  clock.advance(60);
  void film.observer.refetch();
  await backend.answer(1, "data");
  expect(await untilLoad()).toBe(100);
  clock.advance(60);
  client.setQueryData("film", "set");
  expect(await untilLoad()).toBe(100);
});

test.each<[string, Partial<QueryOptions>, Partial<QueryOptions>]>([
  ["enabled", { enabled: false }, { enabled: true }],
  ["a shorter interval", { refetchInterval: 60_000 }, { refetchInterval: 100 }],
  ["a function", { refetchInterval: () => 0 }, { refetchInterval: () => 100 }],
])("78. %s switches it on as well", async (_name, off, on) => {
  const film = await loaded({ refetchInterval: 100, ...off });
  clock.advance(5_000);
  expect(backend.count).toBe(_name === "enabled" ? 0 : 1);
  if (backend.count === 0) client.setQueryData("film", "set");
  clock.advance(5_000);
  turn(film, on);
  expect(await untilLoad()).toBe(100);
});

test("78. a hook that joins counts from then, and does not hurry the others", async () => {
  await loaded({ refetchInterval: 1_000 });
  clock.advance(900);
  const fast = watch("film", { refetchInterval: 300 });
  expect(await untilLoad()).toBe(100);
  expect(await untilLoad()).toBe(300);
  fast.leave();
  expect(await untilLoad()).toBe(1_000);
});

test("a function that says something else at each question does not put its turn off for ever", async () => {
  let next = 100;
  const film = await loaded({ refetchInterval: () => next++ });
  const { count } = backend;
  for (let render = 0; render < 30; render++) {
    clock.advance(10);
    turn(film, { meta: { render } });
  }
  expect(backend.count).toBe(count + 1);
});

test.each([Number.NaN, undefined, null, 0, -1, -Infinity, false] as const)(
  "79. %s from a function is off, and no error",
  async (off) => {
    const reported = vi.fn<(error: unknown) => void>();
    vi.stubGlobal("reportError", reported);
    let answer: number | false | null | undefined = off;
    const film = await loaded({ refetchInterval: () => answer });
    clock.advance(100_000);
    expect([backend.count, clock.timers, reported.mock.calls]).toEqual([1, [], []]);
    answer = 50;
    turn(film, { meta: {} });
    expect(await untilLoad()).toBe(50);
  },
);

test("79. what a function makes of data that is not there yet is off until it is there", async () => {
  const interval = ({ data }: { data: unknown }): number => (data as { ms: number })?.ms * 2;
  void watch("film", { refetchInterval: interval });
  await backend.answer(0, { ms: 40 });
  clock.advance(80);
  expect(backend.count).toBe(2);
});

test("a hidden page polls for the hooks that ask for it, and at their own pace", async () => {
  await loaded({ refetchInterval: 100 });
  void watch("film", { refetchInterval: 1_000, refetchIntervalInBackground: true });
  page.hide();
  expect(await untilLoad()).toBe(1_000);
  page.isVisibleNow = true;
  expect(await untilLoad()).toBe(100);
});

test("a load that takes longer than the interval is not joined by another one, and the next turn counts from its end", async () => {
  await loaded({ refetchInterval: 100 });
  clock.advance(450);
  expect(backend.count).toBe(2);
  await backend.answer(1, "slow");
  clock.advance(99);
  expect(backend.count).toBe(2);
  clock.advance(1);
  await settled();
  expect(backend.count).toBe(3);
});
