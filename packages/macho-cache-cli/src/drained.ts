import { once } from "node:events";

/** Waits until the reader of the output has taken what was said, so that what waits for it does not grow. */
export async function outputDrained(signal: AbortSignal): Promise<void> {
  if (!process.stdout.writableNeedDrain || signal.aborted) return;
  try {
    await once(process.stdout, "drain", { signal });
  } catch {
    // It ends, or the reader is gone: both are noticed by whoever goes on.
  }
}
