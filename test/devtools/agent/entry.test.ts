import { Cache } from "macho-cache";
import { persist } from "macho-cache/persist";
import { QueryClient } from "macho-cache/query";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { entry, type EntryAnswer } from "../../../src/devtools/agent/entry.ts";
import { piece } from "../../../src/devtools/agent/pieces.ts";
import { Backend } from "../../support/backend.ts";
import { ManualPage } from "../../support/manual-page.ts";
import { MemoryTier } from "../../support/memory-tier.ts";
import { Watched } from "../../support/watched.ts";
import type { DevtoolsTarget } from "../../../src/devtools/source.ts";

function linesOf(target: DevtoolsTarget, { value }: EntryAnswer): string[] {
  let part = value!;
  const lines = [...part.lines!];
  while (part.ticket !== null) {
    part = piece(target, { ticket: part.ticket });
    lines.push(...part.lines!);
  }
  return lines.map(({ label, text }) => `${label} ${text}`);
}

describe("an entry", () => {
  const cache = new Cache<string, unknown>({ ttl: 1_000 });

  test("is told with its value, or without it", async () => {
    cache.set("a", { b: 1 });
    const answer = await entry(cache, { key: "a", show: "tree", lines: 10 });
    expect(answer).toMatchObject({ key: "a", hasValue: true, total: 2, isMore: false });
    expect(linesOf(cache, answer)).toEqual(["value Object {1}", "b 1"]);
    const bare = await entry(cache, { key: "a" });
    expect(bare).not.toHaveProperty("value");
    expect(bare.entry).toMatchObject({ status: "stored", ttl: 1_000 });
    expect(JSON.stringify(bare)).not.toContain('"b"');
  });

  test("is told with whether it is persisted, where that can be known", async () => {
    const persisted = new Cache<string, unknown>();
    persisted.set("before", 1);
    expect((await entry(persisted, { key: "before" })).entry).not.toHaveProperty("isPersisted");
    const { flush, ready, stop } = persist(persisted, { scope: "anna", storage: new MemoryTier() });
    await ready;
    persisted.set("after", 1);
    await flush();
    expect((await entry(persisted, { key: "before" })).entry).toMatchObject({ isPersisted: false });
    expect((await entry(persisted, { key: "after" })).entry).toMatchObject({ isPersisted: true });
    await stop();
  });

  test("is JSON with what JSON cannot say", async () => {
    cache.set("a", { b: [1, "x"] });
    const plain = await entry(cache, { key: "a", show: "json" });
    expect(JSON.parse(plain.value!.text!)).toEqual({ b: [1, "x"] });
    expect(plain.losses).toEqual([]);
    cache.set("a", { at: new Date(0), more: new Map() });
    expect((await entry(cache, { key: "a", show: "json" })).losses).toEqual([
      "value.at is a Date",
      "value.more is Map(0)",
    ]);
  });

  test("may hold undefined, and may be absent", async () => {
    cache.set("nothing", undefined);
    expect(await entry(cache, { key: "nothing", show: "tree" })).toMatchObject({ hasValue: true, total: 1 });
    expect(await entry(cache, { key: "no", show: "tree" })).toEqual({ key: "no", entry: null, hasValue: false });
    await expect(entry(cache, { key: "a", lines: 0 })).rejects.toThrow("Lines are a number from 1 to 100000, got 0.");
  });

  test("of a query has its error and its key", async () => {
    const client = new QueryClient({ environment: new ManualPage(), defaultOptions: { queries: { retry: 0 } } });
    const backend = new Backend();
    client.mount();
    client.setQueryData(["todos", 1], "old");
    const hook = new Watched(client, ["todos", 1], backend.fetcher);
    await backend.fail(0, "no");
    expect(hook.result.status).toBe("error");
    const lines = linesOf(client, await entry(client, { key: '["todos",1]', show: "tree" }));
    expect(lines[0]).toBe('error "no"');
    expect(lines.slice(-4)).toEqual(['data "old"', "key Array(2)", '0 "todos"', "1 1"]);
    expect((await entry(client, { key: '["todos",1]' })).entry).toMatchObject({ status: "error", hooks: 1 });
    hook.leave();
    client.dispose();
  });
});

describe("a long answer", () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
  afterEach(() => void vi.useRealTimers());
  const cache = new Cache<string, unknown>();
  cache.set(
    "list",
    Array.from({ length: 5_000 }, (_, index) => index),
  );
  cache.set("text", "é\u{1F600}".repeat(400_000));

  test("comes in pieces, and is whole again", async () => {
    const answer = await entry(cache, { key: "list", show: "tree" });
    expect(answer.value!.lines).toHaveLength(1_000);
    expect(linesOf(cache, answer)).toHaveLength(5_001);
    const { value } = await entry(cache, { key: "text", show: "json" });
    let text = value!.text!;
    for (let next = value!; next.ticket !== null; text += next.text!) next = piece(cache, { ticket: next.ticket });
    expect(JSON.parse(text)).toBe(cache.peek("text"));
    expect(vi.getTimerCount()).toBe(0);
  });

  test("is given up when nobody fetches the rest, and when there are too many", async () => {
    const first = (await entry(cache, { key: "list", show: "tree" })).value!;
    vi.advanceTimersByTime(9_999);
    expect(piece(cache, { ticket: first.ticket! }).lines).toHaveLength(1_000);
    vi.advanceTimersByTime(10_000);
    expect(() => piece(cache, { ticket: first.ticket! })).toThrow("The rest of the answer was given up");
    const tickets: number[] = [];
    for (let count = 0; count < 5; count++) {
      tickets.push((await entry(cache, { key: "list", show: "tree" })).value!.ticket!);
    }
    expect(() => piece(cache, { ticket: tickets[0]! })).toThrow("was given up");
    expect(piece(cache, { ticket: tickets[1]! }).lines).toHaveLength(1_000);
    expect(vi.getTimerCount()).toBe(4);
    vi.advanceTimersByTime(10_000);
    expect(vi.getTimerCount()).toBe(0);
  });
});
