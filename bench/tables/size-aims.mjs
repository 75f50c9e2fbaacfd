import { aim, aimsTable } from "./aims.mjs";

const kilobytes = (bytes) => (bytes / 1_000).toFixed(bytes < 1_000 ? 2 : 1);

/** The names of the sizes that are an addition to an import. */
const POLICIES = ["clock", "s3fifo", "slru", "twoQueue", "arc", "tinylfu"];
const TIERS = ["itemTier", "keyvTier", "redisTier"];
const isHook = (name) => /^(use)?[A-Z]/.test(name);

/** The heaviest of several, which decides whether the aim for each is reached. */
function eachOf(what, sizes, names, most) {
  const above = names.filter((name) => sizes[name].gzip > most);
  const listed = above.map((name) => `\`${name}\` ${kilobytes(sizes[name].gzip)}`).join(", ");
  const measured = above.length === 0 ? "all" : `all but ${listed}`;
  return aim(what, kilobytes(most), measured, above.length === 0);
}

/** What was aimed at for the weight of an import, in kB, and what came of it. */
export function sizeAims({ sizes }) {
  const one = (what, name, most) => {
    const { gzip } = sizes[name];
    return aim(what, kilobytes(most), kilobytes(gzip), gzip <= most);
  };
  const hooks = Object.keys(sizes).filter(isHook);
  return aimsTable([
    one("`{ LruCache }` of `macho-cache/lru`", "lru", 4_000),
    one("`{ Cache }` of `macho-cache`", "cache", 9_000),
    one("`{ MachoProvider, useCachedQuery }` of `macho-cache/react`, with client and small core", "hook", 18_000),
    one("the panel, all its pages as one file", "panel, one file", 60_000),
    eachOf("each further hook or component", sizes, hooks, 1_000),
    eachOf("each further policy", sizes, POLICIES, 500),
    one("`{ persist }` with IndexedDB, on top of `{ MachoProvider, useCachedQuery }`", "persist", 4_000),
    eachOf("each further storage of `persist`", sizes, TIERS, 1_500),
  ]);
}
