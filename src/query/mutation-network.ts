import type { LoadHost } from "./load.ts";

/** Whoever waits for the network, in the order in which they came. */
export class NetworkLine {
  #host: LoadHost;
  #waiting = new Set<{ readonly run: () => void }>();
  #leave: (() => void) | undefined;
  #back: () => unknown;

  /** @param back the network is back, or the client ended, which is told the same way; its promise is awaited */
  constructor(host: LoadHost, back: () => unknown) {
    this.#host = host;
    this.#back = back;
  }

  /** Hears of the network, until `rest`. */
  listen(): void {
    // What it gives is awaited before queries are loaded again.
    const heard = (): unknown => {
      this.#leave = undefined;
      if (!this.#host.isDisposed) this.listen();
      return this.#back();
    };
    this.#leave ??= this.#host.onceOnline(heard);
  }

  rest(): void {
    this.#leave?.();
    this.#leave = undefined;
  }

  /** Runs it once, when the line goes on. Returns the undo. */
  join(run: () => void): () => void {
    const waiting = { run };
    this.#waiting.add(waiting);
    return () => void this.#waiting.delete(waiting);
  }

  /** Everybody who waits goes on. */
  goOn(): void {
    const waiting = [...this.#waiting];
    for (const each of waiting) if (this.#waiting.delete(each)) each.run();
  }
}
