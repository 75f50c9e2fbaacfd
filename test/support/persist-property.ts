import fc from "fast-check";
import { expect } from "vitest";
import { PersistRun, type Setup, type Step, steps } from "./persist-run.ts";

export const SETUPS: readonly Setup[] = [
  { subject: "client", isPlain: false },
  { subject: "client", isPlain: true },
  { subject: "cache", isPlain: false },
  { subject: "cache", isPlain: true },
];

/** Runs so many operations, and more. Returns how many of each kind. A failure prints its seed and its shortest steps. */
export async function checkPersist(setup: Setup, operations: number, seed?: number): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  const rejections: unknown[] = [];
  const hear = (error: unknown): void => void rejections.push(error);
  process.on("unhandledRejection", hear);
  // A pause between two slices is the host's, and no time passes in it.
  const { setTimeout } = globalThis;
  globalThis.setTimeout = ((resume: () => void) => void Promise.resolve().then(resume)) as unknown as typeof setTimeout;
  const run = async (all: readonly Step[]): Promise<void> => {
    const page = new PersistRun(setup);
    for (const step of all) {
      await page.run(step);
      counts[step.does] = (counts[step.does] ?? 0) + 1;
    }
    await page.end();
    await new Promise((resolve) => setImmediate(resolve));
    expect(rejections.splice(0)).toEqual([]);
  };
  const arrays = fc.array(steps, { minLength: 1, maxLength: 60, size: "max" });
  const options = { numRuns: Math.ceil(operations / 30), ...(seed !== undefined && { seed }) };
  try {
    await fc.assert(fc.asyncProperty(arrays, run), options);
  } finally {
    globalThis.setTimeout = setTimeout;
    process.off("unhandledRejection", hear);
  }
  return counts;
}
