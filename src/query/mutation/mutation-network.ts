import type { LoadHost } from "../machine/retries.ts";

interface Waiting {
  readonly run: () => void;
  readonly order: number;
}

/** Whoever waits for the network. */
export class NetworkLine {
  #host: LoadHost;
  #waiting = new Set<Waiting>();
  #leave: (() => void) | undefined;
  #back: () => unknown;

  /** @param back the network is back, or the client ended, which is told the same way; its promise is awaited */
  constructor(host: LoadHost, back: () => unknown) {
    this.#host = host;
    this.#back = back;
  }

  /** Hears of the network, until `rest`. */
  listen(): void {
    // Loads wait for what it gives.
    const heard = (): unknown => {
      this.#leave = undefined;
      if (!this.#host.isDisposed) this.listen();
      return this.#back();
    };
    this.#leave ??= this.#host.firstOnline(heard);
  }

  rest(): void {
    this.#leave?.();
    this.#leave = undefined;
  }

  /** Runs it once, when the line goes on. Returns the undo. @param order the lowest goes first */
  join(order: number, run: () => void): () => void {
    const waiting = { run, order };
    this.#waiting.add(waiting);
    return () => void this.#waiting.delete(waiting);
  }

  /** Everybody who waits goes on. */
  goOn(): void {
    const waiting = [...this.#waiting].sort((one, other) => one.order - other.order);
    for (const each of waiting) if (this.#waiting.delete(each)) each.run();
  }
}
