export interface Controls {
  /** Extra delay of every answer about films, in ms. 0 = none. */
  readonly slow: number;
  readonly failing: boolean;
}

export interface Traffic {
  /** Requests that reached the server since its start or the last reset. */
  readonly total: number;
  /** Of them, those whose client hung up before the answer. */
  readonly aborted: number;
  readonly paths: Readonly<Record<string, number>>;
  readonly controls: Controls;
}

const CALM: Controls = { slow: 0, failing: false };

/** A path that is not asked again is not worth a line of its own: further ones are only counted in the total. */
const MAX_PATHS = 1_000;

/** What reached the server, and who wants to know: the numbers are pushed, so that watching them costs no request. */
export class TrafficCounter {
  #total = 0;
  #aborted = 0;
  #controls = CALM;
  readonly #paths = new Map<string, number>();
  readonly #watchers = new Set<ReadableStreamDefaultController<string>>();

  get controls(): Controls {
    return this.#controls;
  }

  get traffic(): Traffic {
    return {
      total: this.#total,
      aborted: this.#aborted,
      paths: Object.fromEntries(this.#paths),
      controls: this.#controls,
    };
  }

  control(controls: Partial<Controls>): void {
    this.#controls = { ...this.#controls, ...controls };
    this.#push();
  }

  reset(): void {
    this.#total = 0;
    this.#aborted = 0;
    this.#paths.clear();
    this.control(CALM);
  }

  /**
   * Counts a request now, and once more as aborted if its client leaves before the answer.
   * @returns is called when there is an answer
   */
  count(path: string, signal: AbortSignal): () => void {
    this.#total++;
    if (this.#paths.has(path) || this.#paths.size < MAX_PATHS) {
      this.#paths.set(path, (this.#paths.get(path) ?? 0) + 1);
    }
    const onAbort = (): void => {
      this.#aborted++;
      this.#push();
    };
    signal.addEventListener("abort", onAbort, { once: true });
    this.#push();
    return () => signal.removeEventListener("abort", onAbort);
  }

  /** Server-sent events, until whoever reads them leaves. */
  watch(): ReadableStream<string> {
    let watcher: ReadableStreamDefaultController<string>;
    return new ReadableStream<string>({
      start: (controller) => {
        watcher = controller;
        this.#watchers.add(watcher);
        watcher.enqueue(this.#message());
      },
      cancel: () => void this.#watchers.delete(watcher),
    });
  }

  #push(): void {
    for (const watcher of this.#watchers) watcher.enqueue(this.#message());
  }

  #message(): string {
    const { total, aborted, controls } = this.traffic;
    return `data: ${JSON.stringify({ total, aborted, controls })}\n\n`;
  }
}
