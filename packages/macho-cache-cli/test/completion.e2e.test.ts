import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { builtCommand } from "../../../scripts/command.mjs";
import { macho } from "./support/command.ts";
import { openScreen, type Screen } from "./support/screen.ts";
import { ensureShells } from "./support/shells.ts";
import { buildFixture } from "./support/site.ts";
import { startServer } from "./support/targets.ts";

let shells: ReturnType<typeof ensureShells>;
let fixture: ReturnType<typeof buildFixture>;
let server: Awaited<ReturnType<typeof startServer>>;
/** Where the command is by its name. */
let folder: string;

beforeAll(async () => {
  shells = ensureShells();
  fixture = buildFixture();
  server = await startServer(fixture.folder);
  folder = mkdtempSync(join(tmpdir(), "macho-path-"));
  writeFileSync(join(folder, "macho"), `#!/bin/sh\nexec "${process.execPath}" "${builtCommand()}" "$@"\n`);
  chmodSync(join(folder, "macho"), 0o755);
  writeFileSync(join(folder, "trace.csv"), "");
});
afterAll(async () => {
  await server?.stop();
  fixture?.remove();
  rmSync(folder, { recursive: true, force: true });
});

/** A shell in which the command is known and completed. */
async function opened(shell: "bash" | "zsh"): Promise<Screen> {
  const env = { PATH: `${folder}:${process.env["PATH"]}`, PS1: "ready> ", PROMPT: "ready> " };
  const screen =
    shell === "bash"
      ? openScreen("bash", ["--norc", "--noprofile", "-i"], { env })
      : openScreen(shells.zsh, ["-f", "-i"], { env });
  await screen.shows("ready>");
  const first = shell === "bash" ? `source ${shells.bashCompletion}` : "autoload -Uz compinit && compinit -u -D";
  screen.type(`cd ${folder}; ${first}; source <(macho completion ${shell}); clear; echo set-up\r`);
  await screen.shows(/^set-up/m);
  return screen;
}

describe.each(["bash", "zsh"] as const)("in %s, the Tab key", (shell) => {
  test("completes commands, options, names of running caches, and files", async () => {
    const screen = await opened(shell);
    try {
      screen.type("macho inv\t");
      await screen.shows(/macho invalidate$/m);
      screen.type("--exa\t");
      await screen.shows("macho invalidate --exact");
      screen.type(`\u0015macho delete --port ${server.port} --cache ses\t`);
      await screen.shows(`--port ${server.port} --cache sessions`);
      screen.type("\u0015macho simulate tra\t");
      await screen.shows("macho simulate trace.csv");
    } finally {
      screen.kill("SIGKILL");
      await screen.ended;
    }
  });
});

test("an unknown shell is an error that lists the known ones", async () => {
  const { status, err } = await macho(["completion", "tcsh"]);
  expect(status).toBe(2);
  expect(err).toContain("Allowed choices are bash, zsh.");
});
