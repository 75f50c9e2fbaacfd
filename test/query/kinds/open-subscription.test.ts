import { type Fetcher, keepPreviousData } from "macho-cache/query";
import { beforeEach, expect, test } from "vitest";
import { subscriptionFetcher, type Subscriber } from "../../../src/query/kinds/subscription.ts";
import { settled } from "../../support/deferred.ts";
import type { Watched } from "../../support/watched.ts";
import { client, clock, inQueryWorld, watch } from "../../support/query-world.ts";

/** A source that a test speaks for. */
class Source {
  opened = 0;
  closed = 0;
  subscriber: Subscriber<unknown> | undefined;
  readonly fetcher: Fetcher<unknown> = subscriptionFetcher<unknown, never>((_key, subscriber) => {
    this.opened++;
    this.subscriber = subscriber;
    return () => void this.closed++;
  }) as Fetcher<unknown>;

  get state(): string {
    return `${this.opened} opened, ${this.closed} closed`;
  }
}

let source: Source;
let price: Watched;

inQueryWorld({ queries: { retry: false } });

beforeEach(async () => {
  source = new Source();
  price = watch("price", {}, source.fetcher);
  await settled();
  source.subscriber?.next(1);
});

test.each<[string, () => Promise<unknown>]>([
  ["invalidateQueries", () => client.invalidateQueries()],
  ["invalidateQueries with refetchType all", () => client.invalidateQueries("price", { refetchType: "all" })],
  ["refetchQueries", () => client.refetchQueries("price")],
])("%s resolves, and leaves an open source as it is", async (_name, call) => {
  const other = watch("other", {}, () => "loaded");
  await settled();
  await call();
  expect(other.data).toBe("loaded");
  source.subscriber?.next(2);
  expect([price.data, price.result.fetchStatus, source.state]).toEqual([2, "fetching", "1 opened, 0 closed"]);
});

test("resetQueries forgets the value, connects anew, and does not wait for an end that never comes", async () => {
  await client.resetQueries("price");
  clock.advance(1);
  expect([price.data, source.state]).toEqual([undefined, "2 opened, 1 closed"]);
  source.subscriber?.next(2);
  expect(price.data).toBe(2);
});

test("a written value is shown like one of the source, whose next one follows", () => {
  client.setQueryData("price", 50);
  expect([price.data, price.result.fetchStatus]).toEqual([50, "fetching"]);
  source.subscriber?.next((before: unknown) => (before as number) + 1);
  expect([price.data, source.state]).toEqual([51, "1 opened, 0 closed"]);
  clock.advance(1);
  source.subscriber?.next(52);
  expect(client.getQueryData("price")).toBe(52);
});

test("refetch connects anew and resolves; cancelQueries disconnects", async () => {
  await price.observer.refetch();
  clock.advance(1);
  expect(source.state).toBe("2 opened, 1 closed");
  await client.cancelQueries("price");
  expect([source.state, price.result.fetchStatus]).toEqual(["2 opened, 2 closed", "idle"]);
});

test("the last hook that leaves disconnects", () => {
  const second = watch("price", { placeholderData: keepPreviousData }, source.fetcher);
  price.leave();
  clock.advance(1);
  expect(source.state).toBe("1 opened, 0 closed");
  second.leave();
  clock.advance(1);
  expect(source.state).toBe("1 opened, 1 closed");
});

test("82. one that was left is closed before another one opens; the wait is for a remount of the same key", () => {
  const log: string[] = [];
  const fetcher = subscriptionFetcher<unknown, never>((key) => {
    log.push(`open ${String(key)}`);
    return () => void log.push(`close ${String(key)}`);
  }) as Fetcher<unknown>;
  const first = watch("a", {}, fetcher);
  first.leave();
  const again = watch("a", {}, fetcher);
  expect(log).toEqual(["open a"]);
  again.leave();
  const second = watch("b", {}, fetcher);
  expect(log).toEqual(["open a", "close a", "open b"]);
  // What somebody else still looks at stays open, and so does everything beside a load that is none.
  const third = watch("c", {}, fetcher);
  const other = watch("b", {}, fetcher);
  second.leave();
  const fourth = watch("d", {}, fetcher);
  expect(log.slice(3)).toEqual(["open c", "open d"]);
  for (const each of [third, other, fourth]) each.leave();
  void watch("plain", {}, () => 1);
  expect(log).toHaveLength(5);
  clock.advance(1);
  expect(log.slice(5)).toEqual(["close c", "close b", "close d"]);
});
