import type { Environment } from "./environment.ts";

/** What a client knows of the page around it, while it is mounted: online until it hears otherwise, and visible. */
export class Presence {
  #environment: Environment;
  #leave: (() => void)[] = [];
  #isOnline = true;
  #untilOnline = new Queue();
  #untilVisible = new Queue();

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
    return this.#untilOnline.add(run);
  }

  /** Runs it once, when the page comes to the front. Returns the undo. */
  onceVisible(run: () => void): () => void {
    return this.#untilVisible.add(run);
  }

  /** Listens to the page, until `stop`. */
  start(onFocus: () => void, onReconnect: () => void): void {
    const back = (): void => {
      this.#isOnline = true;
      const ends = this.#untilOnline.run().filter((end) => end instanceof Promise);
      if (ends.length === 0) return onReconnect();
      const leave = this.#leave;
      // Not when the page was left meanwhile, or is offline again.
      void Promise.allSettled(ends).then(() => this.#isOnline && this.#leave === leave && onReconnect());
    };
    const seen = (): void => {
      this.#untilVisible.run();
      onFocus();
    };
    const gone = (): void => void (this.#isOnline = false);
    const environment = this.#environment;
    this.#leave = [environment.onFocus(seen), environment.onReconnect(back)];
    if (environment.onDisconnect) this.#leave.push(environment.onDisconnect(gone));
  }

  /** Hears nothing any more. @returns whether somebody may wait for the network, who is told by `end` */
  stop(): boolean {
    for (const leave of this.#leave) leave();
    this.#leave = [];
    this.#untilVisible.run();
    return !this.#isOnline;
  }

  /** Nobody will tell of the network: whoever waits for it goes on. */
  end(): void {
    this.#isOnline = true;
    this.#untilOnline.run();
  }
}

/** What runs once, in the order in which it came. */
class Queue {
  #waiting = new Set<{ run: () => unknown }>();

  add(run: () => unknown): () => void {
    const waiting = { run };
    this.#waiting.add(waiting);
    return () => {
      waiting.run = () => undefined;
      this.#waiting.delete(waiting);
    };
  }

  /** Gives what they gave. */
  run(): unknown[] {
    const waiting = this.#waiting;
    // What comes meanwhile waits for the next time.
    this.#waiting = new Set();
    return Array.from(waiting, (each) => each.run());
  }
}
