import { setTimeout as pause } from "node:timers/promises";
import type { RunningCache } from "./connection/running-cache.ts";
import { many } from "./figures.ts";
import { RecordAssembly } from "./record-assembly.ts";
import type { Terminal } from "./terminal.ts";
import { visible } from "./visible-text.ts";

/** Reads from which on an advice can be given, and reads that are enough to wait no longer. */
const ENOUGH = 200;
const PLENTY = 2_000;
/** Ms to wait where too little is recorded, and between two looks. */
const USUAL_WAIT = 10_000;
const PAUSE = 500;

/** What a page has recorded of a cache. */
export interface GatheredRecord {
  readonly assembly: RecordAssembly;
  /** Whether the record began with this question. */
  readonly isNew: boolean;
  /** Wall time in ms at which it began. */
  readonly since: number;
}

/**
 * Fetches the record that a page has of a cache, or has begun now.
 * @param ms to wait first; `undefined` for some seconds where too little is recorded
 */
export async function gatherRecord(
  cache: RunningCache,
  ms: number | undefined,
  signal: AbortSignal,
  terminal: Terminal,
): Promise<GatheredRecord> {
  const assembly = new RecordAssembly();
  const { isNew, since } = await fetchAll(cache, assembly);
  const began = performance.now();
  const wait = ms ?? (assembly.lookups < ENOUGH ? USUAL_WAIT : 0);
  const most = ms === undefined ? PLENTY : Infinity;
  if (wait > 0 && isNew) terminal.note("Nothing was recorded before. A record begins now.");
  try {
    for (let left = wait; left > 0 && !signal.aborted && assembly.lookups < most;) {
      const seconds = Math.ceil(left / 1_000);
      terminal.status(`Recording ${visible(cache.name)}: ${many(assembly.lookups, "read")}, ${seconds} s more.`);
      await pause(Math.min(PAUSE, left), undefined, { signal }).catch(() => undefined);
      await fetchAll(cache, assembly);
      left = wait - (performance.now() - began);
    }
  } finally {
    terminal.status("");
  }
  return { assembly, isNew, since };
}

async function fetchAll(
  cache: RunningCache,
  assembly: RecordAssembly,
): Promise<{ readonly isNew: boolean; readonly since: number }> {
  const first = await cache.ask("accesses", assembly.soFar);
  let hasMore = assembly.add(first.part);
  while (hasMore && !assembly.isFull) hasMore = assembly.add((await cache.ask("accesses", assembly.soFar)).part);
  return first;
}
