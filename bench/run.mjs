// npm run bench: every benchmark, or those named (npm run bench -- hooks sizes), and then the tables of README and docs.
import { ensureChromium, ensureDependencies, ensureRedis, run } from "../scripts/setup.mjs";

const BENCHES = [
  "engine",
  "extras",
  "policies",
  "hooks",
  "sharing",
  "recording",
  "panel",
  "sizes",
  "advice",
  "persist",
  "fleet",
];

const asked = process.argv.slice(2);
const unknown = asked.find((name) => !BENCHES.includes(name));
if (unknown) {
  console.error(`There is no benchmark "${unknown}". There are: ${BENCHES.join(", ")}.`);
  process.exit(1);
}

ensureDependencies();
const isAsked = (name) => asked.length === 0 || asked.includes(name);
if (["hooks", "extras", "panel", "persist"].some(isAsked)) ensureChromium();
if (["persist", "fleet"].some(isAsked)) ensureRedis();
const node = (script) => run(process.execPath, [script]);
const chosen = BENCHES.filter(isAsked);
const done = node("scripts/build.mjs") && chosen.every((name) => node(`bench/${name}.mjs`)) && node("bench/table.mjs");
process.exitCode = done ? 0 : 1;
