/** Node's own of the start: a test that fakes timers does not fake this one. */
const { nextTick } = process;

/**
 * Lets every microtask run, and whatever they queue, however long the chain is. For tests whose steps are drawn: in the
 * middle of a chain the outcome would depend on how many turns were waited for. In Node only.
 */
export async function drained(): Promise<void> {
  // Out of a task ticks go before microtasks; out of a microtask they go when none is left.
  await Promise.resolve();
  await new Promise<void>((resolve) => nextTick(resolve));
}
