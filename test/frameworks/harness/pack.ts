import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** The packed package, as it would be published. */
    tarball: string;
  }
}

const ROOT = fileURLToPath(new URL("../../..", import.meta.url));

/** Packs the package once for a run, unless `MACHO_TARBALL` names one that is packed already. */
export function setup(project: TestProject): (() => void) | undefined {
  const packed = process.env["MACHO_TARBALL"];
  if (packed !== undefined) {
    project.provide("tarball", packed);
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), "macho-pack-"));
  project.provide("tarball", packInto(folder));
  return () => rmSync(folder, { recursive: true, force: true });
}

/** @returns the path of the tarball */
function packInto(folder: string): string {
  execFileSync("npm", ["pack", ROOT, "--pack-destination", folder, "--loglevel", "error"], { stdio: "pipe" });
  return join(folder, readdirSync(folder).find((file) => file.endsWith(".tgz")) ?? "");
}
