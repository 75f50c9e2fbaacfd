import { expect, test } from "vitest";
import { Cache } from "macho-cache";
import { LoadLog, MAX_LOADS } from "../../src/devtools/load-log.ts";
import { collect } from "../support/collect.ts";

/** Readings that are this near to each other, in bytes, are the same. */
const SAME = 2_000;

/**
 * Bytes that are alive, once they stay the same from task to task: what a WeakRef was asked for is kept until its task
 * ends, and what was compiled meanwhile comes and goes in the background.
 */
async function alive(): Promise<number> {
  let last = NaN;
  for (let turn = 0; turn < 20; turn++) {
    await new Promise((resolve) => setTimeout(resolve));
    collect();
    collect();
    const { heapUsed, arrayBuffers } = process.memoryUsage();
    const now = heapUsed + arrayBuffers;
    if (Math.abs(now - last) < SAME) return now;
    last = now;
  }
  return last;
}

/** Bytes of a log of loads, each with so many tries that fail, joined as often. */
async function bytesOf(tries: number, wordsOf: (serial: number) => string): Promise<number> {
  let now = 1_700_000_000_000.5;
  const cache = new Cache<string, unknown>();
  const before = await alive();
  const log = new LoadLog(cache, { fail: () => undefined }, () => (now += 1.25));
  log.follow();
  const [tell] = cache.flights.listeners;
  let serial = 0;
  const error = (): Error => new Error(wordsOf(++serial));
  for (let load = 0; load < 2 * MAX_LOADS; load++) {
    const flight = {};
    // In one piece: what a template puts together may be kept in pieces.
    const key = Buffer.from(`["film",${load}]`).toString("latin1");
    tell!(key, flight, "started", undefined);
    for (let each = 0; each < tries; each++) {
      tell!(key, flight, "fetching", undefined);
      tell!(key, flight, "joined", undefined);
      if (each < tries - 1) tell!(key, flight, "retry", error());
    }
    tell!(key, flight, "failed", error());
  }
  expect(log.loads).toHaveLength(MAX_LOADS);
  const bytes = (await alive()) - before;
  // The log is used until here: nothing of it was collected.
  expect(log.counts.failed).toBe(2 * MAX_LOADS);
  return bytes;
}

const RUNS = 9;

/** A run compiles code as well, and garbage of the run before may be collected in it. */
async function median(tries: number, wordsOf: (serial: number) => string): Promise<number> {
  const runs: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    runs.push(await bytesOf(tries, wordsOf));
  }
  return runs.sort((one, other) => one - other)[RUNS >> 1]!;
}

test("what is remembered of loads takes 0.2 MB, and 0.5 MB at most, whatever they fail with and however often", async () => {
  expect(await median(1, () => "404 Not Found")).toBeLessThan(2e5);
  for (const words of ["", "x".repeat(60), "x".repeat(1_000), "ж".repeat(1_000), "x".repeat(50_000)])
    expect(await median(20, (serial) => `${serial} ${words}`)).toBeLessThan(5e5);
});
