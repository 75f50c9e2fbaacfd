import { Worker } from "node:worker_threads";
import type { Progress } from "./progress.ts";
import { type Point, simulate, type Simulation } from "./simulation.ts";
import type { SpoolPlace } from "./spool.ts";

/** Requests, over all passes, below which other threads would take longer to begin than they save. */
const FEW = 5_000_000;
/** Ms between two looks at how far the threads are. */
const EVERY = 100;

/** What a thread is told. */
export interface Job {
  readonly place: SpoolPlace;
  readonly simulation: Simulation;
}

/** What a thread says: requests that it has done more, or the result of a job. */
export type Answer = { readonly requests: number } | { readonly points: readonly Point[] };

/**
 * Runs passes over a trace, one for each simulation: a cache that is alone in the processor's caches is three times as fast
 * as one of many that take turns.
 * @param threads the most that run at the same time
 * @returns the points of each simulation
 */
export async function simulateAll(
  place: SpoolPlace,
  simulations: readonly Simulation[],
  threads: number,
  progress: Progress,
): Promise<readonly (readonly Point[])[]> {
  const all = place.length * simulations.length;
  const many = Math.min(threads, simulations.length);
  if (many === 1 || all < FEW) return await here(place, simulations, progress);
  return await new Threads(place, simulations, progress).run(many);
}

const WHAT = "simulating";

async function here(
  place: SpoolPlace,
  simulations: readonly Simulation[],
  progress: Progress,
): Promise<readonly (readonly Point[])[]> {
  const results: (readonly Point[])[] = [];
  let done = 0;
  for (const simulation of simulations) {
    const steps = simulate(place, simulation);
    let step = steps.next();
    for (; step.done !== true; step = steps.next()) {
      done += step.value;
      await progress.step(WHAT, done / (place.length * simulations.length));
    }
    results.push(step.value);
  }
  return results;
}

/** Threads that take one simulation after the other. */
class Threads {
  #place: SpoolPlace;
  #simulations: readonly Simulation[];
  #progress: Progress;
  #results: (readonly Point[])[] = [];
  #next = 0;
  #done = 0;

  constructor(place: SpoolPlace, simulations: readonly Simulation[], progress: Progress) {
    this.#place = place;
    this.#simulations = simulations;
    this.#progress = progress;
  }

  async run(count: number): Promise<readonly (readonly Point[])[]> {
    const workers = Array.from({ length: count }, () => new Worker(new URL("./simulation-worker.js", import.meta.url)));
    const all = this.#place.length * this.#simulations.length;
    let timer: NodeJS.Timeout | undefined;
    // It never ends by itself, but by an error where the user ends it.
    const watch = new Promise<never>((_, reject) => {
      timer = setInterval(() => void this.#progress.step(WHAT, this.#done / all).catch(reject), EVERY);
    });
    try {
      await Promise.race([Promise.all(workers.map((worker) => this.#employ(worker))), watch]);
      return this.#results;
    } finally {
      clearInterval(timer);
      await Promise.all(workers.map((worker) => worker.terminate()));
    }
  }

  /** Until there is no simulation left. */
  #employ(worker: Worker): Promise<void> {
    return new Promise((resolve, reject) => {
      let current = 0;
      const begin = (): void => {
        if (this.#next === this.#simulations.length) return resolve();
        current = this.#next++;
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread is no window
        worker.postMessage({ place: this.#place, simulation: this.#simulations[current]! } satisfies Job);
      };
      worker.on("message", (answer: Answer) => {
        if ("requests" in answer) this.#done += answer.requests;
        else {
          this.#results[current] = answer.points;
          begin();
        }
      });
      worker.on("error", reject);
      begin();
    });
  }
}
