import { geometric } from "../statistics.mjs";
import { aim as row, aimsTable } from "./aims.mjs";

const EXACT_LRU = ["lru-cache", "tiny-lru", "lru.min", "mnemonist", "toad-cache"];
const two = (value) => value.toFixed(2);
const worst = (ratios) => Math.max(...Object.values(ratios));

function smallCoreRows(cells, bytes, fastest) {
  const withTtl = cells.map(({ ns }) => ns["lru-cache with ttl"] / ns["LruCache with ttl"]);
  const misses = cells.filter(({ workload }) => workload === "miss");
  const slowestMiss = Math.min(...misses.map(({ ns }) => ns["lru-cache with ttl"] / ns["LruCache with ttl"]));
  const own = bytes["LruCache with ttl"];
  return [
    row(
      "`LruCache` with ttl against lru-cache with ttl, geometric mean",
      "1.5",
      two(geometric(withTtl)),
      geometric(withTtl) >= 1.5,
    ),
    row(
      "`LruCache` with ttl: its slowest misses against those of lru-cache with ttl",
      "0.95",
      two(slowestMiss),
      slowestMiss >= 0.95,
    ),
    row(
      "`LruCache` without ttl against the fastest exact LRU of each cell, geometric mean",
      "0.95",
      two(fastest),
      fastest >= 0.95,
    ),
    row("bytes an entry of `LruCache` with ttl, 200,000 string keys", "64", own.toFixed(1), own <= 64),
  ];
}

function rowsOf({ cells, bytes }, { ratios, empty, growth, browser }) {
  const all = (name) => geometric(cells.map((cell) => cell.ratio[name]));
  const hits = (sizes) => cells.filter(({ workload, size }) => workload === "hit" && sizes.includes(size));
  /** How fast a subject is beside the fastest exact LRU of each cell. */
  const toFastest = (name) =>
    geometric(cells.map(({ ns }) => Math.min(...EXACT_LRU.map((other) => ns[other])) / ns[name]));
  const fastest = toFastest("macho without ttl");
  // Results of before the small core have no rows of it.
  const smallCore = cells[0].ns.LruCache === undefined ? [] : smallCoreRows(cells, bytes, toFastest("LruCache"));
  const small = hits([1_000]);
  const toMap = (name) => geometric(small.map(({ ns }) => ns[name] / ns.map));
  const large = geometric(
    hits([10_000, 100_000]).map(({ ns }) => ns.macho / Math.min(...EXACT_LRU.map((name) => ns[name]))),
  );
  const below = bytes.macho / bytes["lru-cache with ttl"];
  const sharded = growth["growth 256"];
  return [
    ...smallCore,
    row(
      "LRU with ttl and metrics against lru-cache with ttl, geometric mean",
      "1.5",
      two(all("lru-cache with ttl")),
      all("lru-cache with ttl") >= 1.5,
    ),
    row(
      "without ttl against the fastest exact LRU of each cell, geometric mean",
      "0.95",
      two(fastest),
      fastest >= 0.95,
    ),
    row("hits at 1,000 entries: lru to a bare `Map`", "at most 1.25", two(toMap("macho")), toMap("macho") <= 1.25),
    row(
      "hits at 1,000 entries: sieve to a bare `Map`",
      "at most 1.15",
      two(toMap("macho sieve")),
      toMap("macho sieve") <= 1.15,
    ),
    row("hits from 10,000 on: lru to the fastest exact LRU", "at most 1.1", two(large), large <= 1.1),
    row(
      "after all policies have run in the process, worst workload",
      "1",
      two(worst(ratios["all policies"])),
      worst(ratios["all policies"]) <= 1.05,
    ),
    row("cost of metrics, worst workload", "at most 1.05", two(worst(ratios.metrics)), worst(ratios.metrics) <= 1.05),
    row("cost of a ttl, worst workload", "at most 1.1", two(worst(ratios.ttl)), worst(ratios.ttl) <= 1.1),
    row(
      "cost of a listener that left, worst workload",
      "1",
      two(worst(ratios["listener that left"])),
      worst(ratios["listener that left"]) <= 1.05,
    ),
    row("bytes an entry, 200,000 string keys", "64", bytes.macho.toFixed(1), bytes.macho <= 64),
    row("the same to lru-cache with ttl", "at most 0.9", two(below), below <= 0.9),
    row(
      `the same in Chromium ${browser.chromium}, where a pointer takes 4 bytes: bytes, and to lru-cache with ttl`,
      "at most 0.9",
      `${browser.bytes.macho.toFixed(1)}, ${two(browser.bytes.macho / browser.bytes["lru-cache with ttl"])}`,
      browser.bytes.macho / browser.bytes["lru-cache with ttl"] <= 0.9,
    ),
    row(
      "bytes of an empty cache of 100, and of 10,000,000",
      "under 4,096",
      `${Math.round(empty[100])}, ${Math.round(empty["10,000,000"])}`,
      Math.max(...Object.values(empty)) < 4_096,
    ),
    row(
      "longest set while growing to 2 million, 256 shards, ms",
      "under 4",
      `${two(sharded.longest)} (a bare \`Map\`: ${two(growth["growth map"].longest)})`,
      sharded.longest < 4,
    ),
    row(
      "total of that to the unsharded one",
      "at most 1.35",
      two(sharded.total / growth["growth 1"].total),
      sharded.total / growth["growth 1"].total <= 1.35,
    ),
  ];
}

/** What was aimed at for the engine, and what came of it. */
export function engineAims(engine, extras) {
  return aimsTable(rowsOf(engine, extras));
}
