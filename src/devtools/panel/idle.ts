/** The most ms that work waits for a page that is busy all the time. */
const LONGEST_WAIT = 100;

/** Runs it when the page has nothing else to do: work of the app goes first. Returns the undo. */
export function whenIdle(run: () => void): () => void {
  // Safari has no idle callbacks, nor has a page that is simulated.
  if (typeof requestIdleCallback !== "function") {
    const timer = setTimeout(run);
    return () => clearTimeout(timer);
  }
  const request = requestIdleCallback(run, { timeout: LONGEST_WAIT });
  return () => cancelIdleCallback(request);
}
