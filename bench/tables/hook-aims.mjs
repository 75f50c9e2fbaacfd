import { aim, aimsTable } from "./aims.mjs";

const two = (value) => value.toFixed(2);
const MOUNTS = {
  "mount distinct": "5,000 hooks mount, 5,000 keys",
  "mount shared": "5,000 hooks mount, 50 keys",
};
const UPDATES = {
  "update many": "2,000 of 5,000 keys are set",
  "update one": "1 key of 5,000 hooks is set",
};

/** Times that Macho takes beside another subject: the results have it the other way round. */
const beside = (rows, row, subject) => 1 / rows[row].ratio[subject];

function timesToBare(rows, row, what) {
  const toBare = beside(rows, row, "bare");
  const measured = `${two(toBare)} (the hooks alone: ${two(rows[row].ratio.floor / rows[row].ratio.bare)})`;
  return aim(`${what}, to bare \`useSyncExternalStore\``, "at most 1.3", measured, toBare <= 1.3);
}

function fasterThanPeers(rows) {
  const cells = ["mount distinct: first", "mount distinct: again", "mount shared: first", "mount shared: again"];
  const all = [...cells, "update many: shown", "update many in a flat list: shown", "update one: shown"];
  const slowest = (peer) => Math.max(...all.map((row) => beside(rows, row, peer)));
  const [swr, tanstack] = [slowest("swr"), slowest("tanstack")];
  const what = "mounts and updates, to SWR and to TanStack Query, the worst row";
  return aim(what, "below 1", `${two(swr)}, ${two(tanstack)}`, Math.max(swr, tanstack) < 1);
}

function partOfTanStack(rows, row, what, of, most, than = row) {
  const part = rows[row].median.macho / rows[than].median.tanstack;
  return aim(`${what}, to TanStack Query`, of, part < 0.001 ? "under 0.001" : part.toPrecision(2), part <= most);
}

/** What was aimed at for hooks and clients, and what came of it. */
export function hookAims({ rows }) {
  const times = [
    ...Object.entries(MOUNTS).flatMap(([row, what]) => [
      timesToBare(rows, `${row}: first`, `${what}, the first in a page`),
      timesToBare(rows, `${row}: again`, `${what}, again`),
    ]),
    ...Object.entries(UPDATES).map(([row, what]) => timesToBare(rows, `${row}: shown`, what)),
  ];
  const bytes = rows["entry: bytes"].median.macho;
  return aimsTable([
    ...times,
    fasterThanPeers(rows),
    partOfTanStack(rows, "store: exact", "exact invalidation among 20,000", "a hundredth", 0.01),
    partOfTanStack(rows, "store: prefix", "invalidation of 10 of them by prefix", "a tenth", 0.1),
    partOfTanStack(
      rows,
      "store: tag",
      "invalidation of 10 by tag, to theirs by prefix",
      "a tenth",
      0.1,
      "store: prefix",
    ),
    partOfTanStack(rows, "store: get", "`getQueryData` of an array key", "a third", 1 / 3),
    partOfTanStack(rows, "store: set", "write to an existing key", "a third", 1 / 3),
    aim("bytes an entry without readers", "under 400", String(Math.round(bytes)), bytes < 400),
  ]);
}
