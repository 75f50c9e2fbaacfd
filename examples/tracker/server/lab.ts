/** The moods of the server. */
export interface Settings {
  /** Whether answers take seconds. */
  readonly slow: boolean;
  /** Whether answers wait until this is off. */
  readonly held: boolean;
  /** Whether the next move is refused. Off again after it. */
  readonly refusesNext: boolean;
}

const CALM: Settings = { slow: false, held: false, refusesNext: false };

/** In ms. A server on the same machine would answer at once. */
const LATENCY = 150;
const SLOW_LATENCY = 2_500;

/** Paths are counted up to here. */
const MAX_PATHS = 1_000;

/** Makes the server slow or unwilling, as the page asks, and counts what was asked. */
export class Lab {
  #settings = CALM;
  #requests = new Map<string, number>();
  #waiting: (() => void)[] = [];

  get settings(): Settings {
    return this.#settings;
  }

  /** How often each path was asked. */
  get requests(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#requests);
  }

  change(settings: Partial<Settings>): Settings {
    this.#settings = { ...this.#settings, ...settings };
    if (!this.#settings.held) for (const goOn of this.#waiting.splice(0)) goOn();
    return this.#settings;
  }

  reset(): Settings {
    this.#requests.clear();
    return this.change(CALM);
  }

  /** Waits as long as an answer takes. */
  async delay(asked: string): Promise<void> {
    const requests = this.#requests;
    if (requests.has(asked) || requests.size < MAX_PATHS) requests.set(asked, (requests.get(asked) ?? 0) + 1);
    await new Promise((resolve) => setTimeout(resolve, this.#settings.slow ? SLOW_LATENCY : LATENCY));
    if (this.#settings.held) await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  /** Whether this move is refused. */
  takeRefusal(): boolean {
    const { refusesNext } = this.#settings;
    this.change({ refusesNext: false });
    return refusesNext;
  }
}
