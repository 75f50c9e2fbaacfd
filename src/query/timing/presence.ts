import type { Environment } from "./environment.ts";

/** Who waits for the page or the network, in the order in which they came. */
type Waiting = Set<{ run: (() => unknown) | undefined }>;

/** What a client knows of the page around it, while it is mounted: online until it hears otherwise, and visible. */
export class Presence {
  /** Taken for granted before the first event: what a browser says of itself is often wrong. */
  isOnline = true;
  #environment: Environment;
  #leave: ((() => void) | undefined)[] = [];
  #untilOnline: Waiting = new Set();
  #firstOnline: Waiting = new Set();
  #untilVisible: Waiting = new Set();
  /** While loads wait for what goes first after a reconnect. */
  #catchUp: Promise<unknown> | undefined;
  #onReconnect: () => void = () => undefined;

  constructor(environment: Environment) {
    this.#environment = environment;
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
    return wait(this.#untilOnline, run);
  }

  /** Runs it once, when the network is back. Loads wait for what it promises. Returns the undo. */
  firstOnline(run: () => unknown): () => void {
    return wait(this.#firstOnline, run);
  }

  /** Runs it once, when the page comes to the front. Returns the undo. */
  onceVisible(run: () => void): () => void {
    return wait(this.#untilVisible, run);
  }

  /** Listens to the page, until `stop`. */
  start(onFocus: () => void, onReconnect: () => void): void {
    this.#onReconnect = onReconnect;
    const environment = this.#environment;
    this.#leave = [
      environment.onFocus(() => {
        runAll(this.#untilVisible);
        onFocus();
      }),
      environment.onReconnect(() => this.#back()),
      environment.onDisconnect?.(() => void (this.isOnline = false)),
    ];
    // Loads that were to go on while nobody was here.
    if (this.isOnline && !this.#catchUp) runAll(this.#untilOnline);
  }

  /** Hears nothing any more. @returns whether somebody may wait for the network, who is told by `end` */
  stop(): boolean {
    for (const leave of this.#leave) leave?.();
    this.#leave = [];
    runAll(this.#untilVisible);
    return !this.isOnline || this.isCatchingUp;
  }

  /** Nobody will tell of the network: whoever waits for it goes on. */
  end(): void {
    this.isOnline = true;
    this.#catchUp = undefined;
    runAll(this.#firstOnline);
    runAll(this.#untilOnline);
  }

  #back(): void {
    this.isOnline = true;
    const ends = runAll(this.#firstOnline).filter((end) => end instanceof Promise);
    // What went first at the reconnect before may not have ended yet.
    if (this.#catchUp) ends.push(this.#catchUp);
    if (ends.length === 0) return this.#goOn();
    const catchUp = Promise.allSettled(ends).finally(() => {
      if (this.#catchUp !== catchUp) return;
      this.#catchUp = undefined;
      // Not when the page was left meanwhile, or is offline again.
      if (this.isOnline && this.#leave.length > 0) this.#goOn();
    });
    this.#catchUp = catchUp;
  }

  #goOn(): void {
    runAll(this.#untilOnline);
    this.#onReconnect();
  }
}

function wait(waiting: Waiting, run: () => unknown): () => void {
  const own: { run: (() => unknown) | undefined } = { run };
  waiting.add(own);
  return () => {
    own.run = undefined;
    waiting.delete(own);
  };
}

/** Runs those that wait, once. Who comes meanwhile waits for the next time. Gives what they gave. */
function runAll(waiting: Waiting): unknown[] {
  const all = [...waiting];
  waiting.clear();
  return all.map(({ run }) => run?.());
}
