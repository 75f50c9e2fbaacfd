import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { builtCommand } from "../../../../scripts/command.mjs";

/** What a run of the command said. */
export interface Run {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

const CWD = fileURLToPath(new URL("../../../../", import.meta.url));

/** Runs the built command as a user does. */
export function macho(words: readonly string[], { cwd = CWD, env = {}, input = "" }: RunOptions = {}): Promise<Run> {
  const bin = builtCommand();
  return new Promise((resolve, reject) => {
    const child = execFile(
      process.execPath,
      [bin, ...words],
      { cwd, env: { ...process.env, NO_COLOR: "", ...env }, maxBuffer: 1e8, timeout: 100_000 },
      (error, out, err) => {
        const status = error === null ? 0 : error.code;
        if (typeof status === "number") resolve({ status, out, err });
        else reject(error ?? new Error("The command did not end by itself."));
      },
    );
    child.stdin?.end(input);
  });
}

interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What somebody types. */
  readonly input?: string;
}
