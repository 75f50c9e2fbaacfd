// Writes the README's tables from bench/results; with --check, fails when the README holds other numbers.
import { readFileSync, writeFileSync } from "node:fs";
import { engineTable } from "./tables/engine.mjs";
import { hooksTable } from "./tables/hooks.mjs";
import { sizesTable } from "./tables/sizes.mjs";

const README = "README.md";
const TABLES = { engine: engineTable, hooks: hooksTable, sizes: sizesTable };

/** @throws when the README has no place for the table */
function withTable(readme, name) {
  const place = new RegExp(`(<!-- bench:${name} -->\n)[\\s\\S]*?(<!-- /bench:${name} -->)`);
  if (!place.test(readme)) throw new Error(`${README} needs <!-- bench:${name} --> and <!-- /bench:${name} -->.`);
  const results = JSON.parse(readFileSync(`bench/results/${name}.json`, "utf8"));
  return readme.replace(place, (_, start, end) => `${start}${TABLES[name](results)}\n${end}`);
}

const readme = readFileSync(README, "utf8");
const written = Object.keys(TABLES).reduce(withTable, readme);
if (!process.argv.includes("--check")) writeFileSync(README, written);
else if (written !== readme) {
  console.error("The README's tables are not those of bench/results. Run: node bench/table.mjs");
  process.exitCode = 1;
} else console.log("The README's numbers are those of bench/results.");
