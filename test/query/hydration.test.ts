import { type DehydratedState, dehydrate, hydrate, QueryClient } from "macho-cache/query";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ManualClock } from "../support/manual-clock.ts";

let clock: ManualClock;
let client: QueryClient;
let stop: () => void;

/** What another client sends of two keys. */
function sentOf(data: string, updatedAt: number): DehydratedState {
  const other = new QueryClient({ cache: { clock } });
  for (const key of ["shown", "stored"]) other.setQueryData(key, data, { updatedAt });
  return dehydrate(other);
}

const known = (): unknown[] => ["shown", "stored", "new"].map((key) => client.getQueryData(key));

beforeEach(() => {
  clock = new ManualClock();
  client = new QueryClient({ cache: { clock } });
  client.setQueryData("shown", "before", { updatedAt: 1 });
  client.setQueryData("stored", "before", { updatedAt: 1 });
  stop = client.observe("shown", () => "loaded", { staleTime: Infinity }).subscribe(() => undefined);
});

afterEach(() => {
  stop();
  client.dispose();
});

test("a render takes what no hook shows, and what hooks show follows", () => {
  const state = sentOf("newer", 2);
  hydrate(client, state, { which: "unwatched" });
  expect(known()).toEqual(["before", "newer", undefined]);
  hydrate(client, state, { which: "watched" });
  expect(known()).toEqual(["newer", "newer", undefined]);
});

test("older data changes nothing, whoever shows it", () => {
  hydrate(client, sentOf("older", 0));
  expect(known()).toEqual(["before", "before", undefined]);
});

test("a part that hydrates begins with what was sent, whatever is newer here", () => {
  const state = sentOf("older", 0);
  for (const which of ["unwatched", "watched"] as const) {
    const late = new QueryClient({ cache: { clock } });
    late.setQueryData("shown", "newer", { updatedAt: 9 });
    hydrate(late, state, { which });
    expect(late.host.sent?.get('"shown"')?.answer.state.data).toBe("older");
    expect(late.getQueryData("shown")).toBe("newer");
  }
});

test("a hook that mounts on what a render took loads nothing", () => {
  let loads = 0;
  hydrate(client, sentOf("newer", clock.wallNow()), { which: "unwatched" });
  const leave = client.observe("stored", () => ++loads, { staleTime: 50 }).subscribe(() => undefined);
  expect(loads).toBe(0);
  leave();
});
