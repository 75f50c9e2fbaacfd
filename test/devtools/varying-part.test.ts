import { expect, test } from "vitest";
import { varyingPart } from "../../src/devtools/panel/varying-part.ts";

const labels = (count: number, label: (at: number) => unknown): string[] =>
  Array.from({ length: count }, (_, at) => {
    const made = label(at);
    return typeof made === "string" ? made : JSON.stringify(made);
  });

test("names the field of a key that is another one each time, and counts the keys that are left without it", () => {
  const keys = labels(100, (at) => ["forecast", `city ${at % 8}`, { traceId: `t${at}` }]);
  expect(varyingPart(keys)).toEqual({ name: "traceId", keys: 100, left: 8 });
});

test("names a field of an object inside, and the place in a list inside", () => {
  expect(varyingPart(labels(40, (at) => [{ page: at % 4, by: { at: 1e12 + at } }]))?.name).toBe("at");
  expect(varyingPart(labels(40, (at) => [{ page: at % 4, range: [0, at] }]))?.name).toBe("part 2 of range");
});

test("names the place in a text, or the name that it has in an address", () => {
  expect(varyingPart(labels(60, (at) => `user:${at % 5}:${1e12 + at}`))).toEqual({ name: "part 3", keys: 60, left: 5 });
  expect(varyingPart(labels(60, (at) => `/films?page=${at % 5}&_=${at}`))?.name).toBe("_");
});

test("of several parts, it is the one without which the most keys are left", () => {
  const keys = labels(90, (at) => ({ user: at % 30, half: Math.floor(at / 2), now: at }));
  expect(varyingPart(keys)).toBeUndefined();
  const both = labels(90, (at) => [at % 30, { now: at }]);
  expect(varyingPart(both)).toEqual({ name: "now", keys: 90, left: 30 });
});

test("a part that comes back is none, and neither is one without which most keys differ all the same", () => {
  expect(varyingPart(labels(100, (at) => `film:${at % 50}`))).toBeUndefined();
  expect(varyingPart(labels(100, (at) => `film:${at}:${100 - at}`))).toBeUndefined();
});

test("few keys tell nothing, and neither do such that are cut off, empty or alike", () => {
  expect(varyingPart(labels(19, (at) => `now:${at}`))).toBeUndefined();
  expect(varyingPart([])).toBeUndefined();
  expect(varyingPart(labels(50, () => ""))).toBeUndefined();
  expect(varyingPart(labels(50, () => '["forecast",{"tra'))).toBeUndefined();
});

test("a key of which nothing else is left is told as well", () => {
  expect(varyingPart(labels(50, (at) => ["now", at]))).toEqual({ name: "part 2", keys: 50, left: 1 });
});
