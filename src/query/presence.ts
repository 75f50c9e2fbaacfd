import type { Environment } from "./environment.ts";

/** What a client knows of the page around it, while it is mounted: online until it hears otherwise, and visible. */
export class Presence {
  #environment: Environment;
  #leave: (() => void)[] = [];
  #isOnline = true;
  /** In the order in which they came. */
  #waiting = new Set<{ readonly run: () => unknown }>();

  constructor(environment: Environment) {
    this.#environment = environment;
  }

  /** Taken for granted before the first event: what a browser says of itself is often wrong. */
  get isOnline(): boolean {
    return this.#isOnline;
  }

  get isVisible(): boolean {
    return this.#leave.length === 0 || (this.#environment.isVisible?.() ?? true);
  }

  /** Runs it once, when the network is back. What it promises is awaited before `onReconnect`. Returns the undo. */
  onceOnline(run: () => unknown): () => void {
    const waiting = { run };
    this.#waiting.add(waiting);
    return () => void this.#waiting.delete(waiting);
  }

  /** Listens to the page, until `stop`. */
  start(onFocus: () => void, onReconnect: () => void): void {
    const back = (): void => {
      this.#isOnline = true;
      const ends = this.#resume().filter((end) => end instanceof Promise);
      if (ends.length === 0) return onReconnect();
      const leave = this.#leave;
      // Not when the page was left meanwhile, or is offline again.
      void Promise.allSettled(ends).then(() => this.#isOnline && this.#leave === leave && onReconnect());
    };
    const gone = (): void => void (this.#isOnline = false);
    const { onDisconnect } = this.#environment;
    this.#leave = [this.#environment.onFocus(onFocus), this.#environment.onReconnect(back)];
    if (onDisconnect) this.#leave.push(onDisconnect.call(this.#environment, gone));
  }

  /** Nobody tells of the network any more: whoever waits for it goes on. */
  stop(): void {
    for (const leave of this.#leave) leave();
    this.#leave = [];
    this.#isOnline = true;
    this.#resume();
  }

  #resume(): unknown[] {
    const waiting = [...this.#waiting];
    return waiting.map((each) => this.#waiting.delete(each) && each.run());
  }
}
