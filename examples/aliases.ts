import { fileURLToPath } from "node:url";

interface Alias {
  find: RegExp;
  replacement: string;
}

/**
 * Names of the package to its sources, as its `exports` have them; an app outside needs none of this.
 * @param panel whether the panel is there, which in a production build it is not
 */
export function aliases({ panel }: { panel: boolean }): Alias[] {
  const entries = {
    "macho-cache": "core/index.ts",
    "macho-cache/query": "query/index.ts",
    "macho-cache/react": "react/index.ts",
    "macho-cache/devtools": panel ? "devtools/index.tsx" : "devtools/absent.ts",
    "macho-cache/persist": "persist/index.ts",
    "macho-cache/devtools/mount": "devtools/mount.ts",
  };
  return Object.entries(entries).map(([name, path]) => ({
    find: new RegExp(`^${name}$`),
    replacement: fileURLToPath(new URL(`../src/${path}`, import.meta.url)),
  }));
}
