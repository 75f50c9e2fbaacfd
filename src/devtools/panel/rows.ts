import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { pauseAfter, type Sampler } from "../sampler.ts";
import type { EntrySource } from "../entry-source.ts";
import type { ListView } from "./entries-view.ts";
import { whenIdle } from "./idle.ts";
import { useNews } from "./news.ts";
import { type Past, type RowList, RowWalk, shapeOf } from "./row-walk.ts";

/** Ms of a slice. The first one of a walk may take longer, so that a cache of usual size shows at once. */
const SLICE = 5;
const FIRST_SLICE = 12;

/**
 * The rows of a view, read again when entries change; `refresh` reads at once. While it is paused, the rows stay as they
 * are, and the component renders again: what it shows of one entry goes on. Throws what the cache throws.
 */
export function useRows(
  source: EntrySource,
  sampler: Sampler,
  past: Past,
  view: ListView,
  isPaused: boolean,
): { list: RowList; refresh: () => void } {
  const [reading, show] = useState<Reading>(() => ({ list: new RowWalk(source, view, past).list }));
  const reader = useRef<RowReader>(undefined);
  reader.current ??= new RowReader(source, past, show);
  const { current } = reader;
  const [, again] = useState(0);
  useNews(sampler, () => (isPaused ? again((count) => count + 1) : current.refreshInTurn(view)));
  // A list that goes on is read at once; one that is paused, only if the reader asks for other rows.
  useLayoutEffect(() => current.refresh(view), [shapeOf(view, true)]);
  useLayoutEffect(() => void (isPaused || current.refreshInTurn(view)), [isPaused]);
  useEffect(() => () => current.stop(), []);
  if ("error" in reading) throw reading.error;
  return { list: reading.list, refresh: () => current.refresh(view) };
}

type Reading = { readonly list: RowList } | { readonly error: unknown };

/** Walks over the keys, one walk at a time, with pauses in which the page goes on. */
class RowReader {
  #source: EntrySource;
  #past: Past;
  #show: (reading: Reading) => void;
  /** Takes back the next slice. */
  #pause: (() => void) | undefined;
  #hasShown = false;
  /** The last walk: ms of `performance.now` at its end, and what it took without pauses. */
  #last = { ended: 0, took: 0 };

  constructor(source: EntrySource, past: Past, show: (reading: Reading) => void) {
    this.#source = source;
    this.#past = past;
    this.#show = show;
  }

  /** Reads again, unless a walk is under way or a long one has only just ended. */
  refreshInTurn(view: ListView): void {
    const { ended, took } = this.#last;
    if (this.#pause === undefined && performance.now() - ended >= pauseAfter(took)) this.refresh(view);
  }

  refresh(view: ListView): void {
    this.stop();
    this.#last.took = 0;
    this.#guarded(() => this.#go(new RowWalk(this.#source, view, this.#past), FIRST_SLICE));
  }

  stop(): void {
    this.#pause?.();
    this.#pause = undefined;
  }

  #go(walk: RowWalk, slice: number): void {
    this.#pause = undefined;
    const started = performance.now();
    walk.run(() => performance.now() - started >= slice);
    const ended = performance.now();
    this.#last = { ended, took: this.#last.took + ended - started };
    if (!walk.isDone) this.#pause = whenIdle(() => this.#guarded(() => this.#go(walk, SLICE)));
    // The first walk shows what it has found so far. Later walks keep the last list until they end.
    if (!walk.isDone && this.#hasShown) return;
    this.#hasShown = true;
    this.#show({ list: walk.list });
  }

  #guarded(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.#show({ error });
    }
  }
}
