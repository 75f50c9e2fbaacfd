import { spawn } from "@lydell/node-pty";
import headless from "@xterm/headless";

/** A program in a pseudo-terminal, and its screen as text. */
export interface Screen {
  readonly type: (keys: string) => void;
  /** The lines of the screen, without what is empty at their ends. */
  readonly lines: () => string[];
  /** All that the program has written. */
  readonly written: () => string;
  /** Whether it is on the screen that programs have for themselves. */
  readonly isAlternate: () => boolean;
  /** Resolves once the screen says so; rejects with the screen after 20 s. */
  readonly shows: (words: string | RegExp) => Promise<void>;
  readonly resize: (columns: number, rows: number) => void;
  /** Its exit status, once it has ended. */
  readonly ended: Promise<number>;
  readonly kill: (signal?: string) => void;
}

interface ScreenOptions {
  readonly columns?: number;
  readonly rows?: number;
  /** What is `undefined` is not set. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** Starts a program in a pseudo-terminal. */
export function openScreen(
  file: string,
  args: readonly string[],
  { columns = 100, rows = 30, env = {} }: ScreenOptions = {},
): Screen {
  const terminal = new headless.Terminal({ cols: columns, rows, allowProposedApi: true });
  const variables = Object.entries({ ...process.env, TERM: "xterm-256color", ...env });
  const given = Object.fromEntries(variables.filter(([, value]) => value !== undefined)) as Record<string, string>;
  const program = spawn(file, [...args], { cols: columns, rows, env: given });
  const listeners = new Set<() => void>();
  let written = "";
  program.onData((data) => (written += data));
  program.onData((data) => terminal.write(data, () => listeners.forEach((listener) => listener())));
  const ended = new Promise<number>((end) => program.onExit(({ exitCode }) => end(exitCode)));
  const lines = (): string[] => {
    const { active } = terminal.buffer;
    const all = Array.from({ length: terminal.rows }, (_, row) =>
      (active.getLine(active.viewportY + row)?.translateToString(true) ?? "").trimEnd(),
    );
    while (all.at(-1) === "") all.pop();
    return all;
  };
  const isShown = (words: string | RegExp): boolean => {
    const text = lines().join("\n");
    return typeof words === "string" ? text.includes(words) : words.test(text);
  };
  return {
    type: (keys) => program.write(keys),
    lines,
    written: () => written,
    isAlternate: () => terminal.buffer.active.type === "alternate",
    shows: (words) =>
      new Promise((resolve, reject) => {
        const stop = (): void => {
          clearTimeout(timer);
          listeners.delete(look);
        };
        const look = (): void => {
          if (!isShown(words)) return;
          stop();
          resolve();
        };
        const timer = setTimeout(() => {
          stop();
          reject(new Error(`The screen does not show ${String(words)}:\n${lines().join("\n")}`));
        }, 20_000);
        listeners.add(look);
        look();
      }),
    resize: (cols, height) => {
      program.resize(cols, height);
      terminal.resize(cols, height);
    },
    ended,
    kill: (signal) => program.kill(signal),
  };
}
