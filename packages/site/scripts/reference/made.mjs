// The model of the reference, made once for each state of the sources.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { once } from "../../../../scripts/once.mjs";
import { ROOT } from "../places.mjs";

const MODEL = ".tmp/reference.json";
const SOURCES = ["src", "package.json", "packages/site/package.json", "packages/site/scripts/reference"];
const SCRIPT = fileURLToPath(new URL("model.mjs", import.meta.url));

/** Every public name by entry, with what its comment says. */
export function referenceModel() {
  once("reference", SOURCES, [MODEL], () => {
    const { status } = spawnSync(process.execPath, [SCRIPT, join(ROOT, MODEL)], { stdio: "inherit" });
    if (status !== 0) throw new Error("The reference could not be read from the sources: the lines above say why.");
  });
  return JSON.parse(readFileSync(join(ROOT, MODEL), "utf8"));
}
