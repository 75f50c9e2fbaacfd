import { LruCache } from "macho-cache";
import { MutationObserver, type MutationOptions, QueryClient } from "macho-cache/query";
import { beforeEach, expect, test } from "vitest";
import { LoadLog } from "../../src/devtools/load-log.ts";
import type { MutationLog } from "../../src/devtools/mutation-log.ts";
import { deferred, settled } from "../support/deferred.ts";
import { client, clock, inQueryWorld, watch } from "../support/query-world.ts";

inQueryWorld({ queries: { staleTime: Infinity } });

let log: MutationLog;
let stop: () => void;

beforeEach(async () => {
  // The record gives a cache its flights; here, a load does.
  await client.fetchQuery("first", () => 1);
  // Somebody uses mutations.
  new MutationObserver(client, { mutationFn: async () => 1 });
  const loads = new LoadLog(client, { fail: () => undefined }, () => clock.wallNow());
  stop = loads.follow();
  log = loads.mutations;
});

function mutate(options: MutationOptions<unknown, unknown>, variables: unknown = 1): void {
  new MutationObserver<unknown, unknown>(client, options).actions.mutate(variables);
}
const traces = (): unknown[] => log.mutations.map((each) => log.traceOf(each));
const start = 1_700_000_000_000;

test("tells when a mutation ended, and which queries became stale and were written meanwhile", async () => {
  for (const id of [1, 2, 3]) client.setQueryData(["film", id], `old ${id}`);
  const answer = deferred<unknown>();
  mutate({
    mutationFn: () => answer.promise,
    onMutate: () => void client.setQueryData(["film", 1], "hoped"),
    onSuccess: () => client.invalidateQueries(["film"]),
  });
  clock.advance(212);
  expect(traces()).toEqual([{ ended: undefined, invalidated: 0, written: 1, rolledBack: 0 }]);
  answer.resolve(1);
  await settled();
  expect(traces()).toEqual([{ ended: start + 212, invalidated: 3, written: 1, rolledBack: 0 }]);
});

test("tells of one that failed which queries were put back", async () => {
  client.setQueryData("film", "old");
  client.setQueryData("other", "old");
  const answer = deferred<unknown>();
  mutate({
    mutationFn: () => answer.promise,
    onMutate: () => {
      client.setQueryData("film", "hoped");
      client.setQueryData("other", "hoped");
    },
    onError: () => void client.setQueryData("film", "old"),
  });
  await settled();
  clock.advance(50);
  answer.reject(new Error("403"));
  await settled();
  expect(traces()).toEqual([{ ended: start + 50, invalidated: 0, written: 2, rolledBack: 1 }]);
});

test("takes the answer of a load for no write", async () => {
  const answer = deferred<unknown>();
  mutate({ mutationFn: () => answer.promise });
  clock.advance(5);
  watch("film", {}, async () => "loaded");
  await settled();
  expect(client.getQueryData("film")).toBe("loaded");
  expect(traces()).toEqual([{ ended: undefined, invalidated: 0, written: 0, rolledBack: 0 }]);
  answer.resolve(1);
  await settled();
});

test("sees nothing that was changed before, after, or by nobody who mutates", async () => {
  client.setQueryData("film", "before");
  mutate({ mutationFn: async () => 1 });
  await settled();
  client.setQueryData("film", "after");
  await client.invalidateQueries();
  expect(traces()).toEqual([{ ended: start, invalidated: 0, written: 0, rolledBack: 0 }]);
});

test("lists the latest first, without those that were cancelled, and stops with the recording", async () => {
  const never = (): Promise<unknown> => new Promise(() => undefined);
  mutate({ mutationKey: ["one"], mutationFn: never });
  mutate({ mutationKey: ["two"], mutationFn: never });
  mutate({ mutationKey: ["three"], mutationFn: async () => 3 });
  await settled();
  log.mutations[1]!.cancel();
  expect(log.mutations.map(({ mutationKey }) => mutationKey)).toEqual([["three"], ["one"]]);
  stop();
  mutate({ mutationKey: ["unseen"], mutationFn: async () => 3 });
  await settled();
  expect(log.mutations.map((each) => [each.mutationKey, log.traceOf(each) !== undefined])).toEqual([
    [["unseen"], false],
    [["three"], true],
    [["one"], true],
  ]);
});

test("begins with the first mutation, and leaves a client without any as it was", async () => {
  const fresh = new QueryClient({ cache: new LruCache({ maxCacheSize: 9, clock }) });
  await fresh.fetchQuery("first", () => 1);
  const loads = new LoadLog(fresh, { fail: () => undefined }, () => clock.wallNow());
  const leave = loads.follow();
  expect(loads.mutations.mutations).toEqual([]);
  leave();
  expect(Object.hasOwn(fresh.host, "mutations")).toBe(false);
  loads.follow();
  const observer = new MutationObserver<unknown, void>(fresh, { mutationFn: async () => 1 });
  observer.actions.mutate();
  await settled();
  expect(loads.mutations.mutations.map((each) => loads.mutations.traceOf(each)?.ended)).toEqual([start]);
  fresh.dispose();
});
