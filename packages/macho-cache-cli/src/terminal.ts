import { createInterface } from "node:readline/promises";
import picocolors from "picocolors";

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
  /** What somebody types after a question. */
  readonly ask: (question: string) => Promise<string>;
}

export type Colors = ReturnType<typeof picocolors.createColors>;

/** The terminal of this process. Colours only on a screen, and never against `NO_COLOR`. */
export function processTerminal(isColourless: boolean): Terminal {
  const { stdin, stdout, stderr } = process;
  const hasColors = stdout.isTTY && !process.env["NO_COLOR"] && process.env["TERM"] !== "dumb" && !isColourless;
  return {
    say: (text) => void stdout.write(`${text}\n`),
    note: (text) => void stderr.write(`${text}\n`),
    status: (line) => void (stderr.isTTY && stderr.write(`\r\u001B[K${line}`)),
    isInteractive: stdin.isTTY && stderr.isTTY,
    isScreen: stdout.isTTY,
    get columns() {
      return stdout.columns || 80;
    },
    get rows() {
      return stdout.rows || 24;
    },
    colors: picocolors.createColors(hasColors),
    ask: async (question) => {
      const lines = createInterface({ input: stdin, output: stderr });
      try {
        return await lines.question(question);
      } finally {
        lines.close();
      }
    },
  };
}
