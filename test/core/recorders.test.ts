import { Cache } from "macho-cache";
import { expect, test } from "vitest";
import { addRecorder, type Recorder } from "../../src/core/internal.ts";
import type { LoadListener } from "../../src/core/lru/flight.ts";
import { deferred } from "../support/deferred.ts";
import { ManualClock } from "../support/manual-clock.ts";

/** A recorder that writes down what it hears. */
function listener(name: string, heard: string[]): Recorder {
  return {
    hit: (key, slot) => heard.push(`${name} hit ${String(key)} ${slot > 0}`),
    miss: (key, hasExpired) => heard.push(`${name} miss ${String(key)} ${hasExpired}`),
    set: (key, { ttl }, slot) => heard.push(`${name} set ${String(key)} ${ttl} ${slot > 0}`),
    delete: (key) => heard.push(`${name} delete ${String(key)}`),
    clear: () => heard.push(`${name} clear`),
    removed: (key, cause) => heard.push(`${name} removed ${String(key)} ${cause}`),
  };
}

test("several recorders of a store all hear everything, and leave in any order", () => {
  const cache = new Cache<string, number>({ ttl: 50, clock: new ManualClock() });
  const [store] = cache.parts.stores;
  const heard: string[] = [];
  const leave = ["one", "two", "three"].map((name) => addRecorder(store!, listener(name, heard)));
  cache.set("a", 1).get("a");
  cache.get("b");
  cache.delete("a");
  cache.clear();
  const all = ["set a 50 true", "hit a true", "miss b false", "delete a", "removed a deleted", "clear"];
  expect(heard).toEqual(all.flatMap((each) => ["one", "two", "three"].map((name) => `${name} ${each}`)));
  heard.length = 0;
  leave[1]!();
  leave[1]!();
  cache.get("b");
  leave[0]!();
  cache.get("c");
  expect(heard).toEqual(["one miss b false", "three miss b false", "three miss c false"]);
  leave[2]!();
  expect(store!.recorder).toBeUndefined();
});

test("the steps of a load are told to all who listen, and to nobody who left", async () => {
  const cache = new Cache<string, number>({ clock: new ManualClock() });
  const heard: string[] = [];
  const leave = ["one", "two"].map((name) => {
    const hear: LoadListener<string> = (key, _flight, step, error) =>
      void (step === "failed" && heard.push(`${name} ${key} ${String(error)}`));
    cache.flights.listeners.add(hear);
    return () => cache.flights.listeners.delete(hear);
  });
  const fail = (): Promise<number> => Promise.reject(new Error("no answer"));
  await cache.getOrLoad("a", fail).catch(() => undefined);
  await cache.getOrLoad("a", () => 1);
  leave[0]!();
  await cache.getOrLoad("b", fail).catch(() => undefined);
  expect(heard).toEqual(["one a Error: no answer", "two a Error: no answer", "two b Error: no answer"]);
});

test("a load is told from its start to its end, with those who join it, as the same flight", async () => {
  const cache = new Cache<string, number>({ clock: new ManualClock() });
  const heard: string[] = [];
  const flights: object[] = [];
  cache.flights.listeners.add((key, flight, step) => {
    if (!flights.includes(flight)) flights.push(flight);
    heard.push(`${key} ${flights.indexOf(flight)} ${step}`);
  });
  const answer = deferred<number>();
  const controller = new AbortController();
  const loads = [
    cache.getOrLoad("a", () => answer.promise),
    cache.getOrLoad("a", () => 2),
    cache.getOrLoad("b", (_key, { signal }) => new Promise(() => signal.aborted), { signal: controller.signal }),
  ];
  controller.abort();
  answer.resolve(1);
  await Promise.allSettled(loads);
  expect(heard).toEqual(["a 0 started", "a 0 joined", "b 1 started", "b 1 aborted", "a 0 succeeded"]);
  expect(cache.metrics.loads).toMatchObject({ started: 2, joined: 1, aborted: 1, succeeded: 1, failed: 0 });
});
