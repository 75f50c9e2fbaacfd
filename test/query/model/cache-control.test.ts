import { cacheControl, QueryClient } from "macho-cache/query";
import { describe, expect, test } from "vitest";
import { ManualClock } from "../../support/manual-clock.ts";

const none = { staleTime: undefined, ttl: undefined, staleIfError: undefined, isStorable: true };

describe("what a response says of its life", () => {
  test.each([
    ["", none],
    ["max-age=60", { ...none, staleTime: 60_000 }],
    ["Public, MAX-AGE = 60", { ...none, staleTime: 60_000 }],
    ['max-age="60"', { ...none, staleTime: 60_000 }],
    ["s-maxage=60", none],
    ["max-age=60, max-age=5", { ...none, staleTime: 60_000 }],
    ["max-age=soon", { ...none, staleTime: 0 }],
    ["max-age=-1", { ...none, staleTime: 0 }],
    ["max-age=99999999999999", { ...none, staleTime: 2 ** 31 * 1_000 }],
    ["no-cache, max-age=60", { ...none, staleTime: 0 }],
    ["no-store", { ...none, staleTime: 0, isStorable: false }],
    ["max-age=60, must-revalidate", { ...none, staleTime: 60_000, ttl: 60_000 }],
    ["max-age=60, stale-while-revalidate=30", { ...none, staleTime: 60_000, ttl: 90_000 }],
    ["max-age=60, stale-if-error=5", { ...none, staleTime: 60_000, staleIfError: 5_000 }],
    ["max-age=0, must-revalidate", { ...none, staleTime: 0, ttl: 1 }],
    ["immutable, x-own=a;b", none],
  ])("%j", (text, expected) => {
    expect(cacheControl(text)).toEqual(expected);
    expect(cacheControl(new Headers({ "Cache-Control": text }))).toEqual(expected);
  });

  test("subtracts its age, and counts by Expires where there is no max-age", () => {
    const aged = new Response("", { headers: { "Cache-Control": "max-age=60, stale-while-revalidate=10", Age: "45" } });
    expect(cacheControl(aged)).toMatchObject({ staleTime: 15_000, ttl: 25_000 });
    const date = "Thu, 01 Jan 2026 00:00:00 GMT";
    const expires = "Thu, 01 Jan 2026 00:02:00 GMT";
    expect(cacheControl(new Headers({ Date: date, Expires: expires }))).toMatchObject({ staleTime: 120_000 });
    expect(cacheControl(new Headers({ Date: expires, Expires: date })).staleTime).toBe(0);
    expect(cacheControl(new Headers({ Expires: "0" })).staleTime).toBe(0);
    expect(cacheControl({ headers: new Headers() })).toEqual(none);
  });
});

test("setLifetime takes it as it is", async () => {
  const clock = new ManualClock();
  const client = new QueryClient({ cache: { clock } });
  let loads = 0;
  const load = (): Promise<number> =>
    client.fetchQuery("a", (_key, { setLifetime }) => {
      setLifetime(cacheControl("max-age=60, stale-while-revalidate=30"));
      return ++loads;
    });
  expect(await load()).toBe(1);
  clock.advance(59_999);
  expect(await load()).toBe(1);
  clock.advance(1);
  expect(client.getQueryData("a")).toBe(1);
  clock.advance(30_000);
  expect(client.getQueryData("a")).toBeUndefined();
  expect(await load()).toBe(2);
});
