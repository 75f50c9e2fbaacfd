import { useEffect, useRef, useState } from "preact/hooks";
import { pauseAfter, type Sampler } from "../sampler.ts";
import { whenIdle } from "./idle.ts";
import { useNews } from "./news.ts";

/** Ms of a slice after which no other step begins. A step takes up to 4, so that a slice takes at most 8. */
const SLICE = 4;
/** Ms from the end of a walk until the next one, at least. */
const REST = 1_000;

type Begin<T> = () => Iterator<unknown, T>;
type Reading<T> = { readonly value: T } | { readonly error: unknown };

/**
 * What a walk in steps found last: it begins anew at samples, and at once for another `kind`. Throws what a step throws.
 * `undefined` until the first one has ended.
 */
export function useWalk<T>(sampler: Sampler, kind: unknown, begin: Begin<T>): T | undefined {
  const [reading, show] = useState<Reading<T> | undefined>(undefined);
  const kept = useRef<Walker<T>>(undefined);
  kept.current ??= new Walker(show);
  const walker = kept.current;
  useNews(sampler, (news) => news === "sample" && walker.beginInTurn(begin));
  useEffect(() => {
    walker.begin(begin);
    return () => walker.stop();
  }, [kind]);
  if (reading && "error" in reading) throw reading.error;
  return reading?.value;
}

/** Runs one walk at a time, in slices while the page is idle. */
export class Walker<T> {
  #show: (reading: Reading<T>) => void;
  #later: (run: () => void) => void;
  /** The walk under way. */
  #steps: Iterator<unknown, T> | undefined;
  #ended = -Infinity;
  #took = 0;

  constructor(show: (reading: Reading<T>) => void, later: (run: () => void) => void = whenIdle) {
    this.#show = show;
    this.#later = later;
  }

  /** Begins anew, unless a walk is under way or has only just ended. */
  beginInTurn(begin: Begin<T>): void {
    if (this.#steps || performance.now() - this.#ended < Math.max(REST, pauseAfter(this.#took))) return;
    this.begin(begin);
  }

  begin(begin: Begin<T>): void {
    this.#took = 0;
    try {
      const steps = begin();
      this.#steps = steps;
      this.#go(steps);
    } catch (error) {
      this.#end(performance.now(), { error });
    }
  }

  stop(): void {
    this.#steps = undefined;
  }

  #go(steps: Iterator<unknown, T>): void {
    this.#later(() => this.#steps === steps && this.#run(steps));
  }

  #run(steps: Iterator<unknown, T>): void {
    const started = performance.now();
    try {
      do {
        const { done, value } = steps.next();
        if (done) return this.#end(started, { value });
      } while (performance.now() - started < SLICE);
    } catch (error) {
      return this.#end(started, { error });
    }
    this.#took += performance.now() - started;
    this.#go(steps);
  }

  #end(started: number, reading: Reading<T>): void {
    this.stop();
    this.#ended = performance.now();
    this.#took += this.#ended - started;
    this.#show(reading);
  }
}
