import { keepPreviousData, type QueryObserver } from "macho-cache/query";
import { beforeEach, expect, test } from "vitest";
import { backend, client, clock, inQueryWorld } from "../../support/query-world.ts";

let leave: () => void;
let shown: unknown[];

const show = (key: string, before?: QueryObserver, ttl = Infinity): QueryObserver => {
  const observer = client.observe<unknown, string>(key, backend.fetcher, { placeholderData: keepPreviousData, ttl });
  if (before) observer.follow(before);
  const leaveNext = observer.subscribe(() => shown.push(observer.getResult().data));
  leave?.();
  leave = leaveNext;
  return observer;
};

inQueryWorld({ cache: { maxCacheSize: 2 }, queries: { retry: false } });

beforeEach(() => {
  shown = [];
  leave = () => undefined;
});

test.each<[string, () => void]>([
  ["clear", () => client.clear()],
  ["resetQueries", () => void client.resetQueries("two")],
  ["removeQueries", () => client.removeQueries("two")],
  ["ttl", () => clock.advance(50)],
])("%s after the new key had data does not bring the old key's back", async (_name, forget) => {
  const one = show("one");
  await backend.answer(0, "data of one");
  const two = show("two", one, 50);
  expect(two.getResult()).toMatchObject({ data: "data of one", isPlaceholderData: true });
  await backend.answer(1, "data of two");
  forget();
  expect(two.getResult()).toMatchObject({ data: undefined, status: "pending", isPlaceholderData: false });
});

test.each<[string, () => void]>([
  ["clear", () => client.clear()],
  ["removeQueries", () => client.removeQueries("one")],
  ["cache.delete", () => client.cache.delete('"one"')],
  ["ttl", () => clock.advance(50)],
])("%s of the old key takes it off the screen, while the new one loads", async (_name, forget) => {
  const one = show("one", undefined, 50);
  await backend.answer(0, "data of one");
  const two = show("two", one);
  shown = [];
  forget();
  expect(two.getResult()).toMatchObject({ data: undefined, status: "pending" });
  expect(shown.at(-1)).toBeUndefined();
  expect(shown).not.toEqual([]);
});

test("that the cache made room is no reason to blink", async () => {
  const one = show("one");
  await backend.answer(0, "data of one");
  const two = show("two", one);
  for (const key of ["x", "y", "z"]) client.setQueryData(key, key);
  expect(client.cache.has('"one"')).toBe(false);
  expect(two.getResult().data).toBe("data of one");
});
