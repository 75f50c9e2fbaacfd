// Writes the tables of README and docs from bench/results; with --check, fails when they hold other numbers.
import { readFileSync, writeFileSync } from "node:fs";
import { adviceAims, adviceTable } from "./tables/advice.mjs";
import { engineAims } from "./tables/engine-aims.mjs";
import { engineCells, engineTable } from "./tables/engine.mjs";
import { fleetResults } from "./tables/fleet.mjs";
import { headline } from "./tables/headline.mjs";
import { hookAims } from "./tables/hook-aims.mjs";
import { hooksTable } from "./tables/hooks.mjs";
import { panelAims } from "./tables/panel.mjs";
import { measuredTable, missedTable } from "./tables/measured.mjs";
import { persistAims, persistTable } from "./tables/persist.mjs";
import { policiesTable } from "./tables/policies.mjs";
import { recordingTable } from "./tables/recording.mjs";
import { sharingTable } from "./tables/sharing.mjs";
import { sizeAims } from "./tables/size-aims.mjs";
import { sizesTable } from "./tables/sizes.mjs";

const results = (name) => JSON.parse(readFileSync(`bench/results/${name}.json`, "utf8"));

/** Title of a section, its anchor, and its table of aims. */
const AIMS = () => [
  ["Weight", "size", sizeAims(results("sizes"))],
  ["Engine", "what-was-aimed-at-for-the-engine", engineAims(results("engine"), results("extras"))],
  ["Hooks and clients", "what-was-aimed-at-for-hooks-and-clients", hookAims(results("hooks"))],
  ["Persistence", "persistence", persistAims(results("persist"))],
  ["Panel", "the-panel", panelAims(results("panel"))],
  ["Advice", "advice", adviceAims(results("advice"))],
];

/** By file, and by the name of the place in it. */
const TABLES = {
  "README.md": { headline: () => headline(results("engine"), results("hooks"), results("sizes")) },
  "docs/benchmarks.md": {
    measured: () => measuredTable(results),
    missed: () => missedTable(AIMS()),
    engine: () => engineTable(results("engine")),
    hooks: () => hooksTable(results("hooks")),
    sizes: () => sizesTable(results("sizes")),
    "size-aims": () => sizeAims(results("sizes")),
    aims: () => engineAims(results("engine"), results("extras")),
    "hook-aims": () => hookAims(results("hooks")),
    recording: () => recordingTable(results("recording")),
    persist: () => persistTable(results("persist")),
    "persist-aims": () => persistAims(results("persist")),
    "panel-aims": () => panelAims(results("panel")),
    sharing: () => sharingTable(results("sharing")),
    "advice-aims": () => adviceAims(results("advice")),
    advice: () => adviceTable(results("advice")),
    cells: () => engineCells(results("engine")),
  },
  "examples/fleet/README.md": { fleet: () => fleetResults(results("fleet")) },
  "docs/policies.md": { policies: () => policiesTable(results("policies")) },
};

/** @throws when the file has no place for the table */
function withTable(text, file, name) {
  const place = new RegExp(`(<!-- bench:${name} -->\n)[\\s\\S]*?(<!-- /bench:${name} -->)`);
  if (!place.test(text)) throw new Error(`${file} needs <!-- bench:${name} --> and <!-- /bench:${name} -->.`);
  return text.replace(place, (_, start, end) => `${start}${TABLES[file][name]()}\n${end}`);
}

for (const file of Object.keys(TABLES)) {
  const text = readFileSync(file, "utf8");
  const written = Object.keys(TABLES[file]).reduce((before, name) => withTable(before, file, name), text);
  if (!process.argv.includes("--check")) writeFileSync(file, written);
  else if (written !== text) {
    console.error(`The tables of ${file} are not those of bench/results. Run: node bench/table.mjs`);
    process.exitCode = 1;
  } else console.log(`The numbers of ${file} are those of bench/results.`);
}
