import { spawn } from "node:child_process";
import { once } from "node:events";
import { builtCommand } from "../../../../scripts/command.mjs";
import type { Run } from "./command.ts";

/** A command that is running. */
export interface Started {
  /** Waits until it has said so much on both outputs together. */
  readonly said: (what: RegExp) => Promise<void>;
  readonly signal: (name: NodeJS.Signals) => void;
  /** Reads nothing more, as `head` does when it has enough. */
  readonly closeOutput: () => void;
  readonly ended: Promise<Run>;
}

/** Starts the built command. */
export function startMacho(words: readonly string[]): Started {
  const child = spawn(process.execPath, [builtCommand(), ...words], {
    env: { ...process.env, NO_COLOR: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let [out, err] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  const ended = once(child, "close").then(([code]) => ({ status: (code as number | null) ?? -1, out, err }));
  return {
    said: async (what) => {
      while (!what.test(out + err)) {
        const isOver = await Promise.race([
          ended.then(() => true),
          once(child.stdout, "data").then(() => false),
          once(child.stderr, "data").then(() => false),
        ]);
        if (isOver && !what.test(out + err)) throw new Error(`It ended, and never said ${String(what)}:\n${out}${err}`);
      }
    },
    signal: (name) => void child.kill(name),
    closeOutput: () => void child.stdout.destroy(),
    ended,
  };
}
