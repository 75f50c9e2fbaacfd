// What an import adds to a bundle, minified and gzipped, beside other libraries. Run by run.mjs.
import { posix } from "node:path";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { versionOf, writeResults } from "./statistics.mjs";

/** An app has React anyway. Everything else that an import brings along is counted. */
const EXTERNAL = ["react", "react-dom", "react/*"];

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

function bundle(code) {
  return build({
    stdin: { contents: code, resolveDir: process.cwd() },
    outdir: "out",
    bundle: true,
    splitting: true,
    format: "esm",
    minify: true,
    target: "es2022",
    define: { "process.env.NODE_ENV": '"production"' },
    external: EXTERNAL,
    // Without it, the names of the package would lead to its sources.
    tsconfigRaw: {},
    write: false,
    metafile: true,
    logLevel: "error",
  });
}

const gzipped = (bytes) => gzipSync(bytes, { level: 9 }).length;

async function sizeOf(code) {
  const { outputFiles } = await bundle(code);
  if (outputFiles.length !== 1) throw new Error(`${code} gave ${outputFiles.length} files, expected 1.`);
  return { minified: outputFiles[0].contents.length, gzip: gzipped(outputFiles[0].contents) };
}

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
// What each policy adds to the cache, whose own ones are there anyway.
for (const policy of ["clock", "s3fifo", "slru", "twoQueue", "arc", "tinylfu"]) {
  const code = `export { Cache } from "macho-cache"; export { ${policy} } from "macho-cache/policies"`;
  const { minified, gzip } = await sizeOf(code);
  sizes[policy] = { minified: minified - sizes.cache.minified, gzip: gzip - sizes.cache.gzip };
}
// What each further hook adds to a client with `useCachedQuery`.
const HOOKS = [
  "useCachedQueries",
  "useCachedInfiniteQuery",
  "useCachedMutation",
  "useCachedSubscription",
  "useCachedState",
  "useIsFetching",
  "usePrefetchQuery",
  "HydrationBoundary",
  "DehydratedScript",
  "QueryErrorResetBoundary",
];
for (const hook of HOOKS) {
  const { minified, gzip } = await sizeOf(`export { MachoProvider, useCachedQuery, ${hook} } from "macho-cache/react"`);
  sizes[hook] = { minified: minified - sizes.hook.minified, gzip: gzip - sizes.hook.gzip };
}
// And what a page of a server takes beside.
for (const name of ["hydrateScripts", "toScript"]) {
  const code = `export { MachoProvider, useCachedQuery } from "macho-cache/react"; export { ${name} } from "macho-cache/query"`;
  const { minified, gzip } = await sizeOf(code);
  sizes[name] = { minified: minified - sizes.hook.minified, gzip: gzip - sizes.hook.gzip };
}
const PANEL = `export { mountDevtools } from "macho-cache/devtools/mount"`;
const isPage = (entry) => entry.endsWith("-page.js") && !entry.endsWith("lazy-page.js");
sizes["panel, first page"] = await sizeOfFiles(PANEL, (entry) => !isPage(entry));
sizes["panel, all"] = await sizeOfFiles(PANEL, () => true);

writeResults("sizes", { environment: { esbuild: versionOf("esbuild"), gzip: 9 }, sizes });
