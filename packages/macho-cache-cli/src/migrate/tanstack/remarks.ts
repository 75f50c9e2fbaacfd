import type { Remark } from "../finding.ts";

const GUIDE = "from-tanstack-query.md";

/** Sections of the guide. */
export const SECTION = {
  cache: `${GUIDE}#the-cache`,
  loads: `${GUIDE}#loads`,
  keys: `${GUIDE}#keys-and-filters`,
  client: `${GUIDE}#client-keys-configuration`,
  options: `${GUIDE}#options-of-a-query`,
  results: `${GUIDE}#what-a-query-gives`,
  methods: `${GUIDE}#methods-of-the-client`,
  mutations: `${GUIDE}#mutations`,
  pages: `${GUIDE}#pages-suspense-errors`,
  servers: `${GUIDE}#servers-storage-tabs-tools`,
  uses: `${GUIDE}#each-task-before-and-now`,
} as const;

export function remark(subject: string, why: string, remedy: string, doc: string): Remark {
  return { subject, why, remedy, doc };
}

const NO_GC_TIME: Remark = remark(
  "gcTime",
  "A time after which unused data goes is not there: the bound of the cache decides.",
  "Delete it. Where data must go for its age, use ttl; where it must go at once, removeQueries.",
  SECTION.options,
);

/** Options that are not here, by their names. */
export const MISSING_OPTIONS: Readonly<Record<string, Remark>> = {
  gcTime: NO_GC_TIME,
  cacheTime: { ...NO_GC_TIME, subject: "cacheTime" },
  notifyOnChangeProps: remark(
    "notifyOnChangeProps",
    "A component renders for the fields that it reads.",
    "Delete it, and read the fields that it names.",
    SECTION.options,
  ),
  queryKeyHashFn: remark(
    "queryKeyHashFn",
    "The hash of a key cannot be replaced: two different keys never share one.",
    "Delete it. Put plain values into keys, such as the id of an object.",
    SECTION.client,
  ),
  queryHash: remark("queryHash", "The hash of a key is made of the key.", "Delete it.", SECTION.client),
  persister: remark(
    "persister",
    "One persist() is for the whole client, and keeps each query on its own.",
    "Delete it, and call persist(client, { scope }) beside the provider.",
    "from-tanstack-persisters.md#each-task-before-and-now",
  ),
  behavior: remark("behavior", "It is an internal of TanStack Query.", "Delete it.", SECTION.options),
  revalidateIfStale: remark(
    "revalidateIfStale",
    "ensureQueryData gives what is known, and does not load behind it.",
    "Delete it, and call void client.prefetchQuery(options) as well.",
    "what-is-not-there.md#left-out-on-purpose",
  ),
};

export function unknownOption(name: string): Remark {
  return remark(
    name,
    "No option has this name.",
    "Look it up in the table of options, or delete it.",
    "queries.md#options-of-a-hook",
  );
}
