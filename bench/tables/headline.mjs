import { geometric } from "../statistics.mjs";

const kilobytes = (sizes, name) => (sizes[name].gzip / 1_000).toFixed(1);
const milliseconds = (rows, row, name) => String(Math.round(rows[row].median[name]));

/** What the README says of weight: one row for each import, with what it stands beside. */
function weights(sizes) {
  const both = ((sizes.tanstack.gzip + sizes["lru-cache"].gzip) / 1_000).toFixed(1);
  const hooks = "`{ MachoProvider, useCachedQuery }` of `macho-cache/react`, with the client and its cache";
  return [
    ["`{ LruCache }` of `macho-cache/lru`", kilobytes(sizes, "lru"), `lru-cache ${kilobytes(sizes, "lru-cache")}`],
    ["`{ Cache }` of `macho-cache`, with six of the policies, shards, filter and loads", kilobytes(sizes, "cache"), ""],
    [hooks, kilobytes(sizes, "hook"), `TanStack Query and lru-cache together ${both}`],
    [
      "`macho-cache/devtools` in a production build: an empty component",
      kilobytes(sizes, "devtools in production"),
      "",
    ],
  ].map(([what, weight, beside]) => `| ${what} | ${weight} | ${beside} |`);
}

function speedOfEngine({ environment, cells }) {
  const mean = geometric(cells.map(({ ratio }) => ratio["lru-cache with ttl"])).toFixed(2);
  const without = geometric(cells.map(({ ns }) => ns["lru-cache"] / ns["macho without ttl"])).toFixed(2);
  return `- **The engine** (\`Cache\`) beside lru-cache: ${mean} times as fast where both have a ttl, ${without} times where neither has. That is the geometric mean of hits, misses, updates, evictions and two mixed workloads, on Node ${environment.node}.`;
}

function speedOfHooks({ rows }) {
  const all = (row) =>
    `Macho ${milliseconds(rows, row, "macho")} ms, SWR ${milliseconds(rows, row, "swr")}, TanStack Query ${milliseconds(rows, row, "tanstack")}`;
  const batch = milliseconds(rows, "update many: shown", "tanstack in a batch");
  return [
    `- **5,000 hooks mount** over data that is there already: ${all("mount distinct: again")}.`,
    `- **2,000 of 5,000 keys on screen are set**, until all show: ${all("update many in a flat list: shown")} (${batch} inside its \`notifyManager.batch\`).`,
  ];
}

/** The README's few figures; docs/benchmarks.md has all of them. */
export function headline(engine, hooks, { sizes }) {
  return [
    "| kB, minified and gzipped | | beside it |",
    "|---|---:|---|",
    ...weights(sizes),
    "",
    speedOfEngine(engine),
    ...speedOfHooks(hooks),
  ].join("\n");
}
