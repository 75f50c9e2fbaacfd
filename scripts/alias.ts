import { fileURLToPath } from "node:url";

const source = (path: string): string => fileURLToPath(new URL(`../src/${path}`, import.meta.url));

/** The package's own names lead to its source, so that tests read as user code. */
export const ALIAS: { find: RegExp; replacement: string }[] = [
  { find: /^macho-cache$/, replacement: source("core/index.ts") },
  { find: /^macho-cache\/lru$/, replacement: source("core/lru/index.ts") },
  { find: /^macho-cache\/policies$/, replacement: source("core/policy/index.ts") },
  { find: /^macho-cache\/query$/, replacement: source("query/index.ts") },
  { find: /^macho-cache\/react$/, replacement: source("react/index.ts") },
  { find: /^macho-cache\/simulate$/, replacement: source("simulate/index.ts") },
  { find: /^macho-cache\/devtools$/, replacement: source("devtools/index.tsx") },
  { find: /^macho-cache\/devtools\/mount$/, replacement: source("devtools/mount.ts") },
  { find: /^macho-cache\/devtools\/expose$/, replacement: source("devtools/expose.ts") },
  { find: /^macho-cache\/persist$/, replacement: source("persist/index.ts") },
  { find: /^macho-cache\/persist\/(indexed-db|item|keyv|redis|react)$/, replacement: source("persist/$1.ts") },
];
