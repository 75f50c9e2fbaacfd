import { EventEmitter } from "node:events";

type Output = Pick<NodeJS.WriteStream, "write" | "columns" | "rows" | "on" | "removeListener">;

const ENTER = "\u001B[?1049h\u001B[2J\u001B[H";
const LEAVE = "\u001B[?25h\u001B[?1049l";
const SIGNALS = ["SIGINT", "SIGTERM"] as const;
const CLEAR = "\u001B[2J\u001B[H";

/**
 * The terminal as what draws sees it: another screen, which is left as it was found. It is wiped when its size changes,
 * and never scrolls, so that nothing of the user's own screen is touched.
 */
export class ScreenStream extends EventEmitter {
  readonly isTTY = true;
  // What draws would wipe the terminal with all that was written before, if a frame were as high as this.
  readonly rows: number = Infinity;
  #output: Output;
  #isOpen = false;

  constructor(output: Output) {
    super();
    this.#output = output;
  }

  get columns(): number {
    return this.#output.columns || 80;
  }

  /** Lines of the terminal. One is left empty, so that nothing scrolls. */
  get height(): number {
    return Math.max(1, (this.#output.rows || 24) - 1);
  }

  write(text: string, done?: () => void): boolean {
    if (this.#isOpen) return this.#output.write(text, done);
    done?.();
    return true;
  }

  open(): void {
    if (this.#isOpen) return;
    this.#isOpen = true;
    this.#output.write(ENTER);
    this.#output.on("resize", this.#resize);
    process.on("exit", this.close);
    // What hears of these alone ends the process at once, with the cursor hidden: see interruption.ts.
    for (const signal of SIGNALS) process.on(signal, this.close);
    // Before its trace is written: the other screen would take that with it.
    process.on("uncaughtExceptionMonitor", this.close);
  }

  readonly close = (): void => {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#output.removeListener("resize", this.#resize);
    process.removeListener("exit", this.close);
    // The others are told first that they are not alone.
    setImmediate(() => SIGNALS.forEach((signal) => process.removeListener(signal, this.close)));
    process.removeListener("uncaughtExceptionMonitor", this.close);
    this.#output.write(LEAVE);
  };

  readonly #resize = (): void => {
    this.#output.write(CLEAR);
    this.emit("resize");
  };
}
