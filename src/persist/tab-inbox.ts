import { guarded } from "../core/lru/internal.ts";
import { isLater } from "./stamp.ts";
import type { MarkMessage, TabMessage } from "./tab-message.ts";
import type { TierMeta } from "./tier.ts";

/** The most that waits to be done. Beyond it, the tab looks at the tier instead. */
const MOST_WAITING = 10_000;
/** The most messages that are known as heard. */
const MOST_KNOWN = 1_000;

/** What is done with what came. */
interface Reader {
  marked(mark: MarkMessage): void;
  written(metas: ReadonlyMap<string, TierMeta>): Promise<void>;
  resync(): Promise<void>;
}

/** What other tabs told, until the next task: however much it is, it is done in one go. */
export class TabInbox {
  #reader: Reader;
  #soon: (run: () => void) => void;
  #marks: MarkMessage[] = [];
  /** The newest of each key. */
  #written = new Map<string, TierMeta>();
  /** Messages that were heard: what comes twice counts once. */
  #known = new Set<string>();
  #isPlanned = false;
  #isTooMuch = false;

  /** @param soon runs something in a later task */
  constructor(reader: Reader, soon: (run: () => void) => void) {
    this.#reader = reader;
    this.#soon = soon;
  }

  add({ from, at, written = [], mark }: TabMessage): void {
    const id = `${at} ${from}`;
    if (this.#known.has(id)) return;
    this.#known.add(id);
    const [oldest] = this.#known;
    if (this.#known.size > MOST_KNOWN) this.#known.delete(oldest!);
    if (mark) this.#marks.push(mark);
    for (const [text, meta] of written) {
      const before = this.#written.get(text);
      if (!before || isLater(meta.n, before.n)) this.#written.set(text, meta);
    }
    if (this.#marks.length + this.#written.size > MOST_WAITING) {
      this.clear();
      this.#isTooMuch = true;
    }
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    this.#soon(() => this.#run());
  }

  clear(): void {
    this.#marks = [];
    this.#written = new Map();
  }

  #run(): void {
    const marks = this.#marks;
    const written = this.#written;
    const isTooMuch = this.#isTooMuch;
    this.clear();
    this.#isPlanned = this.#isTooMuch = false;
    // One that cannot be used is none.
    for (const mark of marks) guarded(() => this.#reader.marked(mark));
    if (isTooMuch) void this.#reader.resync();
    else if (written.size > 0) void this.#reader.written(written);
  }
}
