import { createInterface } from "node:readline";
import picocolors from "picocolors";
import { CommandError, EXIT } from "./exit.ts";
import { fitted } from "./fitted-text.ts";
import { guarded } from "./visible-text.ts";

/** Where a command writes and reads. */
export interface Terminal {
  /** Writes one or more lines of what was asked for. */
  readonly say: (text: string) => void;
  /** Writes lines beside it: warnings, progress, errors. */
  readonly note: (text: string) => void;
  /** Shows a line beside it in place of the last such line, where that is a screen. "" takes it away. */
  readonly status: (line: string) => void;
  /** Whether somebody can answer. */
  readonly isInteractive: boolean;
  /** Whether what is said goes to a screen. */
  readonly isScreen: boolean;
  /** Letters in a line, 80 where it is no screen. */
  readonly columns: number;
  readonly rows: number;
  readonly colors: Colors;
  /** What somebody types after a question; "" where the input ends. Rejects with a `CommandError` after Ctrl-C. */
  readonly ask: (question: string) => Promise<string>;
}

export type Colors = ReturnType<typeof picocolors.createColors>;

/** The terminal of this process. Colours only on a screen, and never against `NO_COLOR`. */
export function processTerminal(isColourless: boolean): Terminal {
  const { stdin, stdout, stderr } = process;
  // What is no screen has no such field at all, and for "not said" the colours decide by the environment: in CI, for.
  const isScreen = stdout.isTTY === true;
  const hasColors = isScreen && !process.env["NO_COLOR"] && process.env["TERM"] !== "dumb" && !isColourless;
  return {
    say: (text) => void stdout.write(`${guarded(text, stdout.isTTY)}\n`),
    note: (text) => void stderr.write(`${guarded(text, stderr.isTTY)}\n`),
    // One that is longer than a line could not be taken away.
    status: (line) => void (stderr.isTTY && stderr.write(`\r\u001B[K${fitted(line, (stderr.columns || 80) - 1)}`)),
    isInteractive: stdin.isTTY === true && stderr.isTTY === true,
    isScreen,
    get columns() {
      return stdout.columns || 80;
    },
    get rows() {
      return stdout.rows || 24;
    },
    colors: picocolors.createColors(hasColors),
    ask: (question) => answerTo(guarded(question, stderr.isTTY)),
  };
}

/** A question that is closed is never answered by itself: not at the end of the input, and not after Ctrl-C. */
function answerTo(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  return new Promise((resolve, reject) => {
    const end = (settle: () => void) => (): void => {
      lines.removeAllListeners("close");
      process.stderr.write("\n");
      settle();
      lines.close();
    };
    lines.once(
      "SIGINT",
      end(() => reject(new CommandError(EXIT.ended, "Nothing was changed."))),
    );
    lines.once(
      "close",
      end(() => resolve("")),
    );
    lines.question(question, (answer) => {
      lines.removeAllListeners("close");
      resolve(answer);
      lines.close();
    });
  });
}
