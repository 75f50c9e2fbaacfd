/** Ms after which a page goes on before the next step. One step takes a few more at most. */
const SLICE = 4;

/** Takes steps to their end, in slices between which the page goes on. Resolves with what they return. */
export async function inSlices<T>(steps: Iterator<unknown, T>): Promise<T> {
  const pauses = new Pauses();
  try {
    let step = slice(steps);
    while (!step.done) {
      await pauses.next();
      step = slice(steps);
    }
    return step.value;
  } finally {
    pauses.end();
  }
}

function slice<T>(steps: Iterator<unknown, T>): IteratorResult<unknown, T> {
  const started = performance.now();
  let step = steps.next();
  while (!step.done && performance.now() - started < SLICE) step = steps.next();
  return step;
}

/** Macrotasks that come also where timers are slowed down: in a tab that is not in front. */
class Pauses {
  #channel: MessageChannel | undefined;

  next(): Promise<void> {
    // Node takes messages that come meanwhile in the same turn of its loop, and serves nobody before the last of them.
    const { setImmediate: afterTurn } = globalThis as { setImmediate?: (run: () => void) => unknown };
    if (afterTurn) return new Promise((resolve) => void afterTurn(resolve));
    if (typeof MessageChannel !== "function") return new Promise((resolve) => setTimeout(resolve));
    const { port1, port2 } = (this.#channel ??= new MessageChannel());
    return new Promise((resolve) => {
      port1.addEventListener("message", () => resolve(), { once: true });
      port1.start();
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a port has no origin
      port2.postMessage(0);
    });
  }

  /** In Node, an open port keeps the process alive. */
  end(): void {
    this.#channel?.port1.close();
  }
}
