import { setTimeout as sleep } from "node:timers/promises";
import { untilAborted } from "../connection/cache-search.ts";
import { followCache, type FollowOptions, type Visit } from "../connection/follow-cache.ts";
import type { Choice, RunningCache } from "../connection/running-cache.ts";
import { CommandError, EXIT } from "../exit.ts";
import { readKeys, type Wanted } from "./key-reader.ts";
import { type KeyRow, rowName } from "./top-state.ts";
import type { TopStore } from "./top-store.ts";

/** What is followed, and how often. */
export interface TopPlan {
  readonly choice: Choice;
  /** Ms between two readings. */
  readonly interval: number;
  /** Whether it is recorded. */
  readonly record: boolean;
}

/** What is asked takes at most this part of all time. */
const SHARE_OF_TIME = 1 / 20;
/** Ms that are waited at most after a long walk over the keys. */
const MAX_REST = 60_000;
/** Ms for which it is told that a page is back. */
const TOLD = 10_000;
/** Lines of a value that are asked for. */
const VALUE_LINES = 100;

/** Fills the store until the signal aborts. @param shown hears of the first visit */
export async function followTop(
  { choice, interval, record }: TopPlan,
  store: TopStore,
  signal: AbortSignal,
  shown: () => void,
  host?: FollowOptions["host"],
): Promise<void> {
  const tell = (words: string, isAway: boolean): void =>
    store.set({ notice: { words, isAway, at: performance.now() } });
  const options = {
    lost: (words: string) => tell(words, true),
    back: (words: string) => tell(words, false),
    signal,
    ...(host && { host }),
  };
  await followCache(choice, options, async (visit) => {
    const { cache, isSamePage } = visit;
    if (!isSamePage) store.read().history.restart();
    store.set({ cache: cache.name, place: cache.place });
    shown();
    // First of all, since a record that begins with it tells the reads of each key.
    await readOnce(cache, store, record, visit.signal);
    await together(visit.signal, (ends) => [
      readFigures({ ...visit, signal: ends }, store, interval, record),
      readLists(cache, store, interval, ends),
      readEntry(cache, store, ends),
    ]);
  });
}

/** Several that go on until one of them fails, which then ends the others. */
async function together(signal: AbortSignal, begin: (ends: AbortSignal) => Promise<void>[]): Promise<void> {
  const end = new AbortController();
  const all = begin(AbortSignal.any([signal, end.signal]));
  // A question may go on for a while when nobody waits for it any more.
  void Promise.allSettled(all);
  try {
    await untilAborted(Promise.all(all), signal);
  } finally {
    end.abort();
  }
}

async function readFigures(
  { cache, signal }: Visit,
  store: TopStore,
  interval: number,
  record: boolean,
): Promise<void> {
  for (;;) {
    const { took } = store.read().history.latest!;
    await sleep(Math.max(interval, took / SHARE_OF_TIME), undefined, { signal });
    await untilShown(store, signal);
    await readOnce(cache, store, record, signal);
  }
}

async function readOnce(cache: RunningCache, store: TopStore, record: boolean, signal: AbortSignal): Promise<void> {
  const { history, notice } = store.read();
  // What was recorded before is asked for once.
  const before = history.latest ? {} : { secondsAfter: 0 };
  history.add(await cache.ask("top", { record, ...before }));
  signal.throwIfAborted();
  const isOld = notice && !notice.isAway && performance.now() - notice.at > TOLD;
  store.set(isOld ? { notice: undefined } : {});
}

async function readLists(cache: RunningCache, store: TopStore, interval: number, signal: AbortSignal): Promise<void> {
  for (;;) {
    await untilShown(store, signal);
    const { sort, filter, isReversed } = store.read().view;
    // Whoever turns to another order does not wait for the one before.
    const turn = new AbortController();
    const abort = (): void => turn.abort();
    const undo = store.subscribe(() => {
      const { view } = store.read();
      if (view.sort !== sort || view.filter !== filter || view.isReversed !== isReversed) abort();
    });
    signal.addEventListener("abort", abort);
    try {
      const began = performance.now();
      await readList(cache, store, { sort, filter, isReversed }, turn.signal);
      const rest = Math.max(interval, (performance.now() - began) / SHARE_OF_TIME);
      await sleep(Math.min(MAX_REST, rest), undefined, { signal: turn.signal });
    } catch (error) {
      if (!turn.signal.aborted || signal.aborted) throw error;
    } finally {
      undo();
      signal.removeEventListener("abort", abort);
    }
  }
}

async function readList(cache: RunningCache, store: TopStore, wanted: Wanted, signal: AbortSignal): Promise<void> {
  try {
    const list = await readKeys(cache, wanted, signal);
    store.set({ list, problem: undefined });
  } catch (error) {
    if (!(error instanceof CommandError) || (error.exit !== EXIT.refused && error.exit !== EXIT.usage)) throw error;
    store.set({ problem: error.message });
  }
}

async function readEntry(cache: RunningCache, store: TopStore, signal: AbortSignal): Promise<void> {
  for (;;) {
    const { view, list, entry, history } = store.read();
    const row = list?.rows.find((each) => rowName(each) === view.chosen);
    const isQuery = history.latest?.kind === "client";
    if (view.mode === "entry" && row && !entry) await showEntry(cache, store, named(row, isQuery));
    else if (view.mode === "entry" && !row) store.set({ entry: { key: "", entry: null, hasValue: false } });
    await store.change(({ view: { mode, chosen } }) => [mode, chosen].join(), signal);
  }
}

async function showEntry(cache: RunningCache, store: TopStore, key: ReturnType<typeof named>): Promise<void> {
  try {
    store.set({ entry: await cache.ask("entry", { ...key, show: "tree", lines: VALUE_LINES }) });
  } catch (error) {
    if (!(error instanceof CommandError) || (error.exit !== EXIT.refused && error.exit !== EXIT.usage)) throw error;
    store.set({ problem: error.message, view: { ...store.read().view, mode: "keys" } });
  }
}

/** A key as it is asked for. What looks like another one is told from it by its type, where JSON has it. */
function named({ key, type, isCut }: KeyRow, isQuery: boolean): { key: string; isJson: boolean } {
  if (isCut || isQuery) return { key, isJson: false };
  if (type === "string") return { key: JSON.stringify(key), isJson: true };
  return { key, isJson: type === "number" && Number.isFinite(Number(key)) };
}

async function untilShown(store: TopStore, signal: AbortSignal): Promise<void> {
  while (store.read().view.isPaused) await store.change(({ view }) => view.isPaused, signal);
}
