import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { transformSync } from "esbuild";

/** What the built engine must not have, one sentence each. */
export function findings(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".js"));
  if (files.length < 20) return [`There are only ${files.length} files in ${folder}.`];
  const texts = files.map((file) => [file, readFileSync(join(folder, file), "utf8")] as const);
  const those = (matches: (text: string) => boolean, what: string): string[] =>
    texts.filter(([, text]) => matches(text)).map(([file]) => `${file} ${what}.`);
  return [
    ...those((text) => /^(?:import|export)\b[^"'`;]*["'](?!\.)/m.test(text), "imports by a bare name"),
    ...those((text) => /\beval\s*\(|\bnew\s+Function\b/.test(text), "evaluates text"),
    ...those(awaitsAtTop, "awaits at its top level"),
  ];
}

/** A script, unlike a module, cannot await at its top level. */
function awaitsAtTop(text: string): boolean {
  try {
    transformSync(text, { format: "iife", logLevel: "silent" });
    return false;
  } catch {
    return true;
  }
}
