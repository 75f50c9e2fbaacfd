import type { Environment } from "./environment.ts";

/** What a client knows of the page around it, while it is mounted: online until it hears otherwise, and visible. */
export class Presence {
  #environment: Environment;
  #leave: (() => void)[] = [];
  #isOnline = true;
  /** In the order in which they came. */
  #waiting = new Set<{ readonly run: () => void }>();

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

  /** Runs it once, when the network is back. Returns the undo. */
  onceOnline(run: () => void): () => void {
    const waiting = { run };
    this.#waiting.add(waiting);
    return () => void this.#waiting.delete(waiting);
  }

  /** Listens to the page, until `stop`. */
  start(onFocus: () => void, onReconnect: () => void): void {
    const back = (): void => {
      this.#isOnline = true;
      this.#resume();
      onReconnect();
    };
    const gone = (): void => void (this.#isOnline = false);
    const environment = this.#environment;
    this.#leave = [environment.onFocus(onFocus), environment.onReconnect(back)];
    if (environment.onDisconnect) this.#leave.push(environment.onDisconnect(gone));
  }

  /** Nobody tells of the network any more: whoever waits for it goes on. */
  stop(): void {
    for (const leave of this.#leave) leave();
    this.#leave = [];
    this.#isOnline = true;
    this.#resume();
  }

  #resume(): void {
    const waiting = [...this.#waiting];
    for (const each of waiting) if (this.#waiting.delete(each)) each.run();
  }
}
