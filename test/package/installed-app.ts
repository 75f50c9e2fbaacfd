import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installPacked } from "../../scripts/install.mjs";

const APPS = fileURLToPath(new URL("installs", import.meta.url));

/** What a program said, and how it ended. */
export interface Ended {
  readonly status: number | null;
  readonly said: string;
}

/** An app of test/package/installs in a folder of its own, beside the packed package. */
export class InstalledApp {
  readonly home: string;

  constructor(name: string) {
    this.home = mkdtempSync(join(tmpdir(), `macho-${name}-`));
    cpSync(join(APPS, name), this.home, { recursive: true });
    installPacked(this.home);
  }

  /** Runs a script of an installed package with Node, and without what this test runner tells its own processes. */
  run(script: string, args: readonly string[]): Promise<Ended> {
    const { NODE_ENV: _own, VITEST: _runner, ...env } = process.env;
    const program = spawn(process.execPath, [join(this.home, "node_modules", script), ...args], {
      cwd: this.home,
      env,
    });
    let said = "";
    for (const stream of [program.stdout, program.stderr]) stream.on("data", (text) => (said += String(text)));
    return new Promise((ended, failed) => {
      program.on("error", failed).on("close", (status) => ended({ status, said }));
    });
  }

  remove(): void {
    rmSync(this.home, { recursive: true, force: true });
  }
}
