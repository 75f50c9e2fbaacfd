import type { Environment } from "./environment.ts";

/** What a client knows of the page around it, while it is mounted: online until it hears otherwise, and visible. */
export class Presence {
  #environment: Environment;
  #leave: (() => void)[] = [];
  #isOnline = true;
  #untilOnline = new Queue();
  #firstOnline = new Queue();
  /** While loads wait for what goes first after a reconnect. */
  #catchUp: Promise<unknown> | undefined;
  #goOn: () => void = () => undefined;
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

  /** The network is back, and loads that waited for it still wait for what goes first. */
  get isCatchingUp(): boolean {
    return this.#catchUp !== undefined;
  }

  /** Runs it once, when the network is back, and what went first has ended. Returns the undo. */
  onceOnline(run: () => void): () => void {
    return this.#untilOnline.add(run);
  }

  /** Runs it once, when the network is back. Loads wait for what it promises. Returns the undo. */
  firstOnline(run: () => unknown): () => void {
    return this.#firstOnline.add(run);
  }

  /** Runs it once, when the page comes to the front. Returns the undo. */
  onceVisible(run: () => void): () => void {
    return this.#untilVisible.add(run);
  }

  /** Listens to the page, until `stop`. */
  start(onFocus: () => void, onReconnect: () => void): void {
    this.#goOn = () => {
      this.#untilOnline.run();
      onReconnect();
    };
    const back = (): void => {
      this.#isOnline = true;
      const ends = this.#firstOnline.run().filter((end) => end instanceof Promise);
      // What went first at the reconnect before may not have ended yet.
      if (this.#catchUp) ends.push(this.#catchUp);
      if (ends.length === 0) this.#goOn();
      else this.#catchUpWith(ends);
    };
    const seen = (): void => {
      this.#untilVisible.run();
      onFocus();
    };
    const gone = (): void => void (this.#isOnline = false);
    const environment = this.#environment;
    this.#leave = [environment.onFocus(seen), environment.onReconnect(back)];
    if (environment.onDisconnect) this.#leave.push(environment.onDisconnect(gone));
    // What was to go on while nobody was here.
    if (this.#isOnline && !this.#catchUp) this.#untilOnline.run();
  }

  /** Hears nothing any more. @returns whether somebody may wait for the network, who is told by `end` */
  stop(): boolean {
    for (const leave of this.#leave) leave();
    this.#leave = [];
    this.#untilVisible.run();
    return !this.#isOnline || this.isCatchingUp;
  }

  /** Nobody will tell of the network: whoever waits for it goes on. */
  end(): void {
    this.#isOnline = true;
    this.#catchUp = undefined;
    this.#firstOnline.run();
    this.#untilOnline.run();
  }

  #catchUpWith(ends: readonly unknown[]): void {
    const catchUp = Promise.allSettled(ends).finally(() => {
      if (this.#catchUp !== catchUp) return;
      this.#catchUp = undefined;
      // Not when the page was left meanwhile, or is offline again.
      if (this.#isOnline && this.#leave.length > 0) this.#goOn();
    });
    this.#catchUp = catchUp;
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
