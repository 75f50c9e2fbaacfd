/** What ends when somebody presses Ctrl-C, or when nobody reads the output any more. */
const endings = new Set<() => void>();

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Runs what goes on until it is interrupted: by Ctrl-C, by a signal to end, or by a reader that has enough, such as
 * `head`. Then the signal aborts, and it can leave things in order. A second Ctrl-C ends the process at once.
 */
export async function untilInterrupted<T>(run: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const interruption = new AbortController();
  const end = (): void => {
    for (const name of SIGNALS) process.removeListener(name, end);
    interruption.abort();
  };
  for (const name of SIGNALS) process.on(name, end);
  endings.add(end);
  try {
    return await run(interruption.signal);
  } finally {
    endings.delete(end);
    for (const name of SIGNALS) process.removeListener(name, end);
  }
}

/** Nobody reads the output any more. Returns whether something ends by itself because of it. */
export function interrupt(): boolean {
  for (const end of endings) end();
  return endings.size > 0;
}

/** Waits until a signal aborts. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
