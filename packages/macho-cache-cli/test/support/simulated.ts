import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import picocolors from "picocolors";
import type { Terminal } from "../../src/terminal.ts";
import { type SimulateOptions, runSimulate } from "../../src/commands/simulate-run.ts";
import type { Ratio, TraceResult } from "../../src/simulate/result.ts";

/** A terminal without a screen that keeps what is said. */
export function quietTerminal(): { readonly terminal: Terminal; readonly said: string[]; readonly notes: string[] } {
  const said: string[] = [];
  const notes: string[] = [];
  const terminal: Terminal = {
    say: (text) => void said.push(text),
    note: (text) => void notes.push(text),
    status: () => undefined,
    isInteractive: false,
    isScreen: false,
    columns: 80,
    rows: 24,
    colors: picocolors.createColors(false),
    ask: () => Promise.reject(new Error("Nobody answers.")),
  };
  return { terminal, said, notes };
}

/** A folder for files of a test, and what removes it. */
export function scratch(): { readonly file: (name: string, data: string | Uint8Array) => string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "macho-traces-"));
  return {
    file: (name, data) => {
      writeFileSync(join(folder, name), data);
      return join(folder, name);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** `macho simulate TRACE --json` in this process, on one thread. */
export async function simulated(trace: string, options: Partial<SimulateOptions> = {}): Promise<TraceResult> {
  const { terminal, said } = quietTerminal();
  await runSimulate([trace], { sample: 1, maxKeys: 1_000_000, threads: 1, json: true, ...options }, terminal);
  return (JSON.parse(said.join("\n")) as { traces: TraceResult[] }).traces[0]!;
}

/** Misses at each size, by policy. */
export function missesOf({ policies }: Pick<TraceResult, "policies">): Record<string, readonly number[]> {
  return Object.fromEntries(policies.map(({ policy, ratios }) => [policy, ratios.map((ratio: Ratio) => ratio.misses)]));
}
