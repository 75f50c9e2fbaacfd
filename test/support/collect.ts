import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");

/** Collects all garbage, now. */
export const collect: () => void = runInNewContext("gc") as () => void;

/** Bytes that are alive. */
function heap(): number {
  collect();
  collect();
  return process.memoryUsage().heapUsed;
}

/**
 * Bytes that some work leaves behind, or less than `enough` of them. The work is repeated when more is found: a leak
 * grows each time, and what the engine compiled for it, or keeps for a while, does not.
 */
export async function leftBehind(work: () => Promise<void>, enough: number): Promise<number> {
  let least = Infinity;
  for (let turn = 0; turn < 3 && least >= enough; turn++) {
    const before = heap();
    await work();
    least = Math.min(least, heap() - before);
  }
  return least;
}

/** Whether something is still held, after everything that can go has gone: the engine itself may hold it for a while. */
export async function isHeld(held: WeakRef<object>): Promise<boolean> {
  for (let turn = 0; turn < 20; turn++) {
    // What a WeakRef was just asked for is kept until the task ends.
    await new Promise((resolve) => setTimeout(resolve));
    collect();
    if (held.deref() === undefined) return false;
  }
  return true;
}
