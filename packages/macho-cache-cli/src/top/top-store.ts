import { TopHistory } from "./history.ts";
import { rowName, type TopState } from "./top-state.ts";
import { FIRST_VIEW, pressed, type Press, type View } from "./view.ts";

/** What the screen shows, for those who fill it and those who draw it. */
export class TopStore {
  #state: TopState;
  #listeners = new Set<() => void>();
  #now: () => number;

  constructor(start: Partial<View>, wantsRecord: boolean, now: () => number = () => performance.now()) {
    this.#now = now;
    this.#state = {
      cache: "",
      place: undefined,
      history: new TopHistory(),
      version: 0,
      list: undefined,
      problem: undefined,
      notice: undefined,
      view: { ...FIRST_VIEW, ...start },
      entry: undefined,
      now: now(),
      wantsRecord,
    };
  }

  readonly read = (): TopState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  set(news: Partial<TopState>): void {
    const { version } = this.#state;
    this.#state = { ...this.#state, ...news, version: version + 1, now: this.#now() };
    for (const listener of this.#listeners) listener();
  }

  press(press: Press): void {
    const { view, list } = this.#state;
    const next = pressed(view, press, (list?.rows ?? []).map(rowName));
    const isOther = next.mode !== view.mode || next.chosen !== view.chosen;
    if (next !== view) this.set({ view: next, ...(isOther && { entry: undefined }) });
  }

  /** Resolves at the next change of something; rejects when the signal aborts. */
  async change(of: (state: TopState) => unknown, signal: AbortSignal): Promise<void> {
    const before = of(this.#state);
    let undo = (): void => undefined;
    try {
      await new Promise<void>((resolve, reject) => {
        const end = (): void => reject(signal.reason as Error);
        if (signal.aborted) return end();
        signal.addEventListener("abort", end);
        const leave = this.subscribe(() => of(this.#state) !== before && resolve());
        undo = () => {
          leave();
          signal.removeEventListener("abort", end);
        };
      });
    } finally {
      undo();
    }
  }
}
