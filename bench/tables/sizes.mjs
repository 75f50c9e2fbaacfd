import { FURTHER } from "../../scripts/weights.mjs";

const PEERS = {
  lru: [
    ["lru-cache", "lru-cache"],
    ["tiny-lru", "tiny-lru"],
    ["quick-lru", "quick-lru"],
    ["lru.min", "lru.min"],
    ["mnemonist", "mnemonist `LRUMap`"],
  ],
  cache: [["lru-cache", "lru-cache"]],
  hook: [
    ["swr", "SWR `useSWR`"],
    ["tanstack", "TanStack Query `{ QueryClient, QueryClientProvider, useQuery }`"],
  ],
  persist: [
    [
      "tanstack persist",
      "TanStack's `PersistQueryClientProvider`, its persister and `idb-keyval`, on top of its hooks",
    ],
    ["tanstack persist each", "its persister of single queries and `idb-keyval`"],
  ],
};

const PERSISTENCE = ["itemTier", "keyvTier", "redisTier", "shareAcrossTabs", "usePersistReady"];

const ROWS = [
  { size: "lru", head: "`macho-cache/lru`: `{ LruCache }`" },
  { size: "cache", head: "`macho-cache`: `{ Cache }`" },
  { size: "engine entry", head: "`macho-cache`: all of it" },
  { size: "query client", head: "`macho-cache/query`: `{ QueryClient }`, with the small core" },
  { size: "query entry", head: "`macho-cache/query`: all of it, with the small core" },
  { size: "hook", head: "`macho-cache/react`: `{ MachoProvider, useCachedQuery }`, with client and small core" },
  { size: "react entry", head: "`macho-cache/react`: all of it, with client and small core" },
  {
    size: "persist",
    head: "`macho-cache/persist`: `{ persist }` with IndexedDB, on top of `{ MachoProvider, useCachedQuery }`",
  },
  { size: "devtools in production", head: "`macho-cache/devtools` in a production build" },
  { size: "panel, first page", head: "`macho-cache/devtools/mount`: opened, with its first page" },
  { size: "panel, all", head: "`macho-cache/devtools/mount`: with all pages, as the files that a page loads" },
  { size: "panel, one file", head: "`macho-cache/devtools/mount`: the same, as one file" },
  {
    size: "mountDevtools",
    head: "`macho-cache/devtools/mount`: the same, on top of `{ Cache }` and `{ MachoProvider, useCachedQuery }`",
  },
];

export function sizesTable({ environment, sizes }) {
  const kilobytes = (name) => (sizes[name].gzip / 1_000).toFixed(sizes[name].gzip < 1_000 ? 2 : 1);
  const peersOf = (name) =>
    (PEERS[name] ?? []).map(([peer, label]) => `${label} ${kilobytes(peer)} (${sizes[peer].version})`).join(", ");
  const listOf = ({ names }) => names.map((name) => `\`${name}\` ${kilobytes(name)}`).join(", ");
  return [
    "| kB, minified and gzipped | | beside it |",
    "|---|---:|---|",
    ...ROWS.map(({ size, head }) => `| ${head} | ${kilobytes(size)} | ${peersOf(size)} |`),
    `| \`macho-cache/policies\`: each policy, on top of the cache | | ${listOf(FURTHER.policies)} |`,
    `| \`macho-cache/react\`: each further hook or component, on top of \`useCachedQuery\` | | ${listOf(FURTHER.hooks)} |`,
    `| \`macho-cache/query\`: for data in the page of a server, on top of \`useCachedQuery\` | | ${listOf(FURTHER.server)} |`,
    `| \`macho-cache/persist\`: each further storage or part, on top of \`persist\` | | ${listOf({ names: PERSISTENCE })} |`,
    "",
    `With dependencies and without React, by esbuild ${environment.esbuild} and gzip -${environment.gzip}. They do not do the same things. \`npm run bench -- sizes\` writes this table.`,
  ].join("\n");
}
