import { Cache } from "macho-cache";
import { expect, test } from "vitest";
import { addRecorder, type Recorder } from "../../src/core/internal.ts";
import { ManualClock } from "../support/manual-clock.ts";

/** A recorder that writes down what it hears. */
function listener(name: string, heard: string[]): Recorder {
  return {
    hit: (key, slot) => heard.push(`${name} hit ${String(key)} ${slot > 0}`),
    miss: (key, hasExpired) => heard.push(`${name} miss ${String(key)} ${hasExpired}`),
    set: (key, { ttl }, isStored) => heard.push(`${name} set ${String(key)} ${ttl} ${isStored}`),
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
