/** Times that may be told until the clock is read again, within one task. */
const TIMES_PER_READ = 16;

/** Wall time in ms, read anew in each task, and there once in 16 times: to read it takes longer than what is recorded. */
export function keptTime(clock: () => number): () => number {
  let kept = 0;
  let left = 0;
  let isTaskAwaited = false;
  /** What follows an `await` runs when the task's own code is done. */
  const awaitTask = async (): Promise<void> => {
    isTaskAwaited = true;
    await nothing();
    isTaskAwaited = false;
    left = 0;
  };
  return () => {
    if (--left < 0) {
      kept = clock();
      left = TIMES_PER_READ - 1;
      if (!isTaskAwaited) void awaitTask();
    }
    return kept;
  };
}

/** Gives a promise of the language's own, whatever a page put in the place of `Promise`. */
async function nothing(): Promise<void> {}
