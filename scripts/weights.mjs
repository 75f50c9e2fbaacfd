// npm run size, second part: what each further hook and policy, and the panel, adds to an import that an app has anyway. After a build.
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

/**
 * An app has React anyway, and no page loads what answers the command before it is asked. Everything else that an import
 * brings along is counted.
 */
const EXTERNAL = ["react", "react-dom", "react/*", "*/agent/answer.js"];

const HOOKS = `export { MachoProvider, useCachedQuery } from "macho-cache/react"`;
const PERSISTED = `${HOOKS}; export { persist } from "macho-cache/persist"`;

/** A tier beside what is persisted anyway. */
const tier = (entry, name, limit = 1_500) => ({
  base: PERSISTED,
  entry,
  bar: 1_500,
  limits: { [name]: limit },
  names: [name],
});

/**
 * Imports beside others: what an app has, and what each further name of an entry may add to it at most, in bytes after
 * minifying and gzip. `limits` are for names that are above their bar.
 */
export const FURTHER = {
  hooks: {
    base: HOOKS,
    entry: "macho-cache/react",
    bar: 1_500,
    limits: { useCachedMutation: 2_300, DehydratedScript: 2_050 },
    names: [
      "useCachedQueries",
      "useCachedInfiniteQuery",
      "useCachedMutation",
      "useCachedSubscription",
      "useCachedState",
      "useIsFetching",
      "useIsMutating",
      "useMutationState",
      "usePrefetchQuery",
      "HydrationBoundary",
      "DehydratedScript",
      "QueryErrorResetBoundary",
    ],
  },
  policies: {
    base: `export { Cache } from "macho-cache"`,
    entry: "macho-cache/policies",
    bar: 900,
    limits: {},
    names: ["clock", "s3fifo", "slru", "twoQueue", "arc", "tinylfu"],
  },
  server: {
    base: HOOKS,
    entry: "macho-cache/query",
    bar: 2_500,
    limits: {},
    names: ["hydrateScripts", "toScript"],
  },
  // With IndexedDB. What it would have cost to reach the bar: docs/decisions/0059-what-a-lighter-persistence-would-cost.md
  persist: {
    base: HOOKS,
    entry: "macho-cache/persist",
    bar: 4_000,
    limits: { persist: 12_050 },
    names: ["persist"],
  },
  item: tier("macho-cache/persist/item", "itemTier", 1_700),
  keyv: tier("macho-cache/persist/keyv", "keyvTier"),
  redis: tier("macho-cache/persist/redis", "redisTier", 2_700),
  panel: {
    base: `export { Cache } from "macho-cache"; export { MachoProvider, useCachedQuery } from "macho-cache/react"`,
    entry: "macho-cache/devtools/mount",
    bar: 115_600,
    limits: {},
    names: ["mountDevtools"],
    // Pages that are loaded when they are opened are counted as well.
    isOneFile: true,
  },
};

/** @param isOneFile puts what is loaded later into the same file, where nothing counts twice */
export function bundle(code, isOneFile = false) {
  return build({
    stdin: { contents: code, resolveDir: process.cwd() },
    outdir: "out",
    bundle: true,
    splitting: !isOneFile,
    format: "esm",
    minify: true,
    target: "es2022",
    define: { "process.env.NODE_ENV": '"production"' },
    external: EXTERNAL,
    // One, as in an app, also where two packages ask for neighbouring versions.
    alias: { "@tanstack/query-core": "./node_modules/@tanstack/query-core/build/modern/index.js" },
    // Without it, the names of the package would lead to its sources.
    tsconfigRaw: {},
    write: false,
    metafile: true,
    logLevel: "error",
  });
}

export const gzipped = (bytes) => gzipSync(bytes, { level: 9 }).length;

export async function sizeOf(code, isOneFile = false) {
  const { outputFiles } = await bundle(code, isOneFile);
  if (outputFiles.length !== 1) throw new Error(`${code} gave ${outputFiles.length} files, expected 1.`);
  return { minified: outputFiles[0].contents.length, gzip: gzipped(outputFiles[0].contents) };
}

/** What each name of a kind adds, by its name. */
export async function sizesOfFurther({ base, entry, names, isOneFile }) {
  const before = await sizeOf(base, isOneFile);
  const sizes = {};
  for (const name of names) {
    const { minified, gzip } = await sizeOf(`${base}; export { ${name} } from "${entry}"`, isOneFile);
    sizes[name] = { minified: minified - before.minified, gzip: gzip - before.gzip };
  }
  return sizes;
}

/** Prints what each adds beside its limit. Returns whether all are within theirs. */
async function check() {
  let isGood = true;
  for (const kind of Object.values(FURTHER)) {
    console.log(`\nfrom ${kind.entry}, beside: ${kind.base}`);
    for (const [name, { gzip }] of Object.entries(await sizesOfFurther(kind))) {
      const limit = kind.limits[name] ?? kind.bar;
      const isOver = gzip > limit;
      if (isOver) isGood = false;
      console.log(`${name.padEnd(26)}${String(gzip).padStart(6)} of ${limit} bytes${isOver ? "  TOO MUCH" : ""}`);
    }
  }
  return isGood;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) process.exitCode = (await check()) ? 0 : 1;
