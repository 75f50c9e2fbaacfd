import { expect, test } from "vitest";
import { Cache } from "macho-cache";
import { LoadLog, MAX_LOADS } from "../../src/devtools/load-log.ts";
import { collect } from "../support/collect.ts";

function alive(): number {
  collect();
  collect();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** Bytes of a log of loads, each with so many tries that fail, joined as often. */
function bytesOf(tries: number, wordsOf: (serial: number) => string): number {
  let now = 1_700_000_000_000.5;
  const cache = new Cache<string, unknown>();
  const before = alive();
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
  const bytes = alive() - before;
  // The log is used until here: nothing of it was collected.
  expect(log.counts.failed).toBe(2 * MAX_LOADS);
  return bytes;
}

/** A run compiles code as well, and garbage of the run before may be collected in it. */
async function median(tries: number, wordsOf: (serial: number) => string): Promise<number> {
  const runs: number[] = [];
  for (let run = 0; run < 5; run++) {
    runs.push(bytesOf(tries, wordsOf));
    // What a WeakRef was asked for is kept until the task ends.
    await new Promise((resolve) => setTimeout(resolve));
  }
  return runs.sort((one, other) => one - other)[2]!;
}

test("what is remembered of loads takes 0.2 MB, and 0.5 MB at most, whatever they fail with and however often", async () => {
  expect(await median(1, () => "404 Not Found")).toBeLessThan(2e5);
  for (const words of ["", "x".repeat(60), "x".repeat(1_000), "ж".repeat(1_000), "x".repeat(50_000)])
    expect(await median(20, (serial) => `${serial} ${words}`)).toBeLessThan(5e5);
});
