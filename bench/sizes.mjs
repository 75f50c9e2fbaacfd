// What an import adds to a bundle, minified and gzipped, beside other libraries. Run by run.mjs.
import { posix } from "node:path";
import { bundle, FURTHER, gzipped, sizeOf, sizesOfFurther } from "../scripts/weights.mjs";
import { versionOf, writeResults } from "./statistics.mjs";

const IMPORTS = [
  { name: "lru", code: `export { LruCache } from "macho-cache/lru"` },
  { name: "cache", code: `export { Cache } from "macho-cache"` },
  { name: "query client", code: `export { QueryClient } from "macho-cache/query"` },
  { name: "hook", code: `export { MachoProvider, useCachedQuery } from "macho-cache/react"` },
  { name: "engine entry", code: `export * from "macho-cache"` },
  { name: "query entry", code: `export * from "macho-cache/query"` },
  { name: "react entry", code: `export * from "macho-cache/react"` },
  { name: "devtools in production", code: `export * from "macho-cache/devtools"` },
  { name: "lru-cache", from: "lru-cache", code: `export { LRUCache } from "lru-cache"` },
  { name: "quick-lru", from: "quick-lru", code: `export { default } from "quick-lru"` },
  { name: "tiny-lru", from: "tiny-lru", code: `export { lru } from "tiny-lru"` },
  { name: "lru.min", from: "lru.min", code: `export { createLRU } from "lru.min"` },
  { name: "mnemonist", from: "mnemonist", code: `module.exports = require("mnemonist/lru-map.js")` },
  { name: "swr", from: "swr", code: `export { default } from "swr"` },
  {
    name: "tanstack",
    from: "@tanstack/react-query",
    code: `export { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query"`,
  },
];

const HOOK = `export { MachoProvider, useCachedQuery } from "macho-cache/react"`;
const PERSIST = `export { persist } from "macho-cache/persist"`;
const TANSTACK = `export { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query"`;
const KEYVAL = `export { get, set, del } from "idb-keyval"`;
const further = (name, entry) => ({
  on: `${HOOK}; ${PERSIST}`,
  code: `export { ${name} } from "macho-cache/persist${entry}"`,
});

const PERSISTENCE = {
  persist: { on: HOOK, code: PERSIST },
  itemTier: further("itemTier", "/item"),
  keyvTier: further("keyvTier", "/keyv"),
  redisTier: further("redisTier", "/redis"),
  shareAcrossTabs: further("shareAcrossTabs", ""),
  usePersistReady: further("usePersistReady", "/react"),
  "tanstack persist": {
    on: TANSTACK,
    from: "@tanstack/react-query-persist-client",
    code: `export { PersistQueryClientProvider } from "@tanstack/react-query-persist-client"; export { createAsyncStoragePersister } from "@tanstack/query-async-storage-persister"; ${KEYVAL}`,
  },
  "tanstack persist each": {
    on: TANSTACK,
    from: "@tanstack/react-query-persist-client",
    code: `export { experimental_createQueryPersister } from "@tanstack/react-query-persist-client"; ${KEYVAL}`,
  },
};

/** Files that a page loads, each compressed on its own: from the entry, over the imports that `follow` lets through. */
async function sizeOfFiles(code, follow) {
  const { outputFiles, metafile } = await bundle(code);
  const needed = new Set([
    Object.keys(metafile.outputs).find((path) => metafile.outputs[path].entryPoint === "<stdin>"),
  ]);
  // A set gives what is added while it is walked.
  for (const path of needed)
    for (const { path: next, kind, external } of metafile.outputs[path].imports)
      if (!external && (kind !== "dynamic-import" || follow(metafile.outputs[next].entryPoint))) needed.add(next);
  const files = outputFiles.filter(({ path }) => needed.has(`out/${posix.basename(path)}`));
  if (files.length !== needed.size) throw new Error(`${files.length} files were found, expected ${needed.size}.`);
  const total = (sizeOfOne) => files.reduce((sum, { contents }) => sum + sizeOfOne(contents), 0);
  return { minified: total((contents) => contents.length), gzip: total(gzipped), files: files.length };
}

const sizes = {};
for (const { name, from, code } of IMPORTS) {
  sizes[name] = { ...(await sizeOf(code)), version: from && versionOf(from) };
}
// What each further policy, hook and function for a server's page adds, and the panel, to what is there anyway.
for (const kind of Object.values(FURTHER)) Object.assign(sizes, await sizesOfFurther(kind));
// What persistence adds to hooks, and each further part to persistence.
for (const [name, { on, from, code }] of Object.entries(PERSISTENCE)) {
  const [before, all] = [await sizeOf(on), await sizeOf(`${on}; ${code}`)];
  const version = from && versionOf(from);
  sizes[name] = { minified: all.minified - before.minified, gzip: all.gzip - before.gzip, version };
}
const PANEL = `export { mountDevtools } from "macho-cache/devtools/mount"`;
const isPage = (entry) => /(?:-page|chosen-entry)\.js$/.test(entry) && !entry.endsWith("lazy-page.js");
sizes["panel, first page"] = await sizeOfFiles(PANEL, (entry) => !isPage(entry));
sizes["panel, all"] = await sizeOfFiles(PANEL, () => true);
sizes["panel, one file"] = await sizeOf(PANEL, true);

writeResults("sizes", { environment: { esbuild: versionOf("esbuild"), gzip: 9 }, sizes });
