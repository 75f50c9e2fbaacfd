import { LruCache } from "macho-cache/lru";
import { persist, type Persistence, type TierChange } from "macho-cache/persist";
import { QueryClient } from "macho-cache/query";
import { expect, test } from "vitest";
import { settled } from "../support/deferred.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { MemoryTier } from "../support/memory-tier.ts";

/** A tier that notes how many changes each of its writes has. */
class CountingTier extends MemoryTier {
  readonly slices: number[] = [];

  override write(changes: readonly TierChange[]): Promise<string[]> {
    this.slices.push(changes.length);
    return super.write(changes);
  }
}

class Page {
  readonly clock = new ManualClock();
  readonly tier = new CountingTier();
  readonly client = new QueryClient({ cache: new LruCache({ maxCacheSize: 20_000, clock: this.clock }) });
  readonly persistence: Persistence = persist(this.client, { storage: this.tier, scope: "ada", clock: this.clock });

  set(at: number, version = 0): void {
    this.client.setQueryData(["item", at], { at, version });
  }

  /** Slices wait for a task between them. */
  async flush(between = (): void => undefined): Promise<void> {
    const state = { isDone: false };
    const done = this.persistence.flush().finally(() => (state.isDone = true));
    for (await settled(); !state.isDone; await nextTask()) {
      between();
      this.clock.advance(0);
    }
    await done;
  }

  /** With so many entries stored. */
  static async of(entries: number): Promise<Page> {
    const page = new Page();
    await page.persistence.ready;
    for (let at = 0; at < entries; at++) page.set(at);
    await page.flush();
    expect(page.tier.records.size).toBe(entries);
    page.tier.calls.length = 0;
    page.tier.slices.length = 0;
    return page;
  }
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** How many steps iterators of maps and sets make while `act` runs: whatever looks at all entries makes as many. */
async function stepsOf(act: () => Promise<void>): Promise<number> {
  let steps = 0;
  const undo = [new Map().entries(), new Set().values()].map((iterator) => {
    const prototype = Object.getPrototypeOf(iterator) as Iterator<unknown>;
    const { next } = prototype;
    prototype.next = function (this: Iterator<unknown>) {
      steps++;
      return next.call(this);
    };
    return () => Object.assign(prototype, { next });
  });
  try {
    await act();
  } finally {
    for (const each of undo) each();
  }
  return steps;
}

test("one write with 10,000 entries stored asks as much of the storage as with 100, and looks at no more entries", async () => {
  const costs = [];
  for (const entries of [100, 10_000]) {
    const page = await Page.of(entries);
    const steps = await stepsOf(async () => {
      page.set(entries - 1, 1);
      await page.flush();
    });
    expect(page.tier.slices).toEqual([1]);
    costs.push({ calls: page.tier.calls, steps });
  }
  expect(costs[1]).toEqual(costs[0]);
  expect(costs[1]!.steps).toBeLessThan(50);
});

test("1,000 writes to 10 keys within the delay are 10 records, and 20 within twice the delay", async () => {
  const page = await Page.of(1_000);
  const written = page.persistence.status.writes;
  for (let write = 0; write < 1_000; write++) {
    page.set(write % 10, write);
    page.clock.advance(1);
    await settled();
  }
  await page.flush();
  expect(page.persistence.status.writes - written).toBeLessThanOrEqual(20);
  expect(page.tier.slices.reduce((sum, changes) => sum + changes)).toBeLessThanOrEqual(20);
  expect(page.tier.records.size).toBe(1_000);
});

test("10,000 entries are flushed in slices of 50, and the page can do what waits between two of them", async () => {
  const page = new Page();
  await page.persistence.ready;
  for (let at = 0; at < 10_000; at++) page.set(at);
  let tasks = 0;
  await page.flush(() => {
    expect(page.tier.slices.length).toBeLessThanOrEqual(tasks + 1);
    tasks++;
  });
  expect(Math.max(...page.tier.slices)).toBeLessThanOrEqual(50);
  expect(page.tier.slices.reduce((sum, changes) => sum + changes)).toBe(10_000);
});
