// What it costs to share an answer of 10,000 rows with the one before, beside reading it from JSON. Run by run.mjs.
import { shareStructure } from "../dist/query/index.js";
import { environment, median, writeResults } from "./statistics.mjs";

const ROWS = 10_000;
const ROUNDS = 25;

const row = (id, name) => ({
  id,
  name,
  isActive: id % 2 === 0,
  price: id * 1.5,
  tags: ["a", "b"],
  owner: { id: id % 7 },
});
const rowsWith = (name) =>
  JSON.stringify(Array.from({ length: ROWS }, (_, id) => row(id, id === ROWS / 2 ? name : `Row ${id}`)));

const timed = (run) => {
  const began = performance.now();
  const result = run();
  return { ms: performance.now() - began, result };
};

const text = rowsWith("old");
const other = rowsWith("new");
const old = JSON.parse(text);
const times = { parse: [], equal: [], "one row": [], same: [] };
for (let round = 0; round < ROUNDS; round++) {
  const parsed = timed(() => JSON.parse(text));
  const equal = timed(() => shareStructure(old, parsed.result));
  const changed = JSON.parse(other);
  const one = timed(() => shareStructure(old, changed));
  const same = timed(() => shareStructure(old, old));
  if (equal.result !== old || one.result === old || one.result[0] !== old[0]) throw new Error("It did not share.");
  times.parse.push(parsed.ms);
  times.equal.push(equal.ms);
  times["one row"].push(one.ms);
  times.same.push(same.ms);
}

const ratios = Object.fromEntries(
  ["equal", "one row", "same"].map((name) => [name, median(times[name].map((ms, round) => ms / times.parse[round]))]),
);
console.log(ratios);
writeResults("sharing", { environment: environment(), bytes: text.length, parse: median(times.parse), ratios });
