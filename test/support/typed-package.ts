import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const MODULES = join(ROOT, "node_modules");

/** Runs a compiler of the development dependencies; gives what it says. */
export function runTypes(compiler: string, cwd: string, ...args: string[]): string {
  const program = join(MODULES, compiler, "bin", "tsc");
  const { stdout, stderr } = spawnSync(process.execPath, [program, "--pretty", "false", ...args], {
    cwd,
    encoding: "utf8",
  });
  return `${stdout}${stderr}`;
}

/**
 * Puts the package into a folder as npm would, as far as a compiler looks at it: its declarations, beside React's types
 * and those of these packages.
 */
export function installTypes(home: string, packages: readonly string[] = []): void {
  const own = join(home, "node_modules", "macho-cache");
  mkdirSync(own, { recursive: true });
  cpSync(join(ROOT, "package.json"), join(own, "package.json"));
  for (const name of ["react", "use-sync-external-store", "@types", ...packages]) {
    symlinkSync(join(MODULES, name), join(home, "node_modules", name), "junction");
  }
  const config = join(ROOT, "tsconfig.build.json");
  const said = runTypes("typescript", home, "-p", config, "--noEmit", "false", "--outDir", join(own, "dist"));
  if (said) throw new Error(`The declarations could not be made:\n${said}`);
}
