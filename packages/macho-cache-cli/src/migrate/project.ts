import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, relative, resolve as resolvePath, sep } from "node:path";
import { LruCache } from "macho-cache/lru";
import { aliasTargets, type PathAlias, pathAliases } from "./path-aliases.ts";
import { parseSource, type SourceFile } from "./source-file.ts";

const ENDINGS = [
  "",
  ".ts",
  ".tsx",
  ".js",
  ".jsx",
  ".mts",
  ".mjs",
  "/index.ts",
  "/index.tsx",
  "/index.js",
  "/index.jsx",
];

/** A file that is no JavaScript or TypeScript. */
export interface Unreadable {
  readonly name: string;
  readonly reason: string;
}

/** The most files whose syntax is kept: a large one takes megabytes. */
const MAX_PARSED = 300;

/** The files that are looked at, each read and parsed when it is needed. */
export class Project {
  readonly root: string;
  #unreadable = new Map<string, Unreadable>();
  #files = new LruCache<string, SourceFile | null>({ maxCacheSize: MAX_PARSED, ttl: Infinity });

  #aliases: readonly PathAlias[];

  constructor(root: string) {
    this.root = root;
    this.#aliases = pathAliases(root);
  }

  /** @returns `undefined` for a file that cannot be parsed, which is noted */
  file(path: string): SourceFile | undefined {
    const known = this.#files.get(path);
    if (known !== undefined) return known ?? undefined;
    const read = this.#read(path);
    this.#files.set(path, read ?? null);
    return read;
  }

  /** Files that could not be parsed so far. */
  get unreadable(): Unreadable[] {
    return [...this.#unreadable.values()];
  }

  /** The file that `import ... from "./todos"` or from an alias means; `undefined` for a package. */
  imported(from: SourceFile, specifier: string): SourceFile | undefined {
    const places = specifier.startsWith(".")
      ? [resolvePath(dirname(from.path), specifier)]
      : aliasTargets(this.#aliases, specifier);
    // With `.js`, TypeScript means its own file.
    const bases = places.flatMap((base) => [
      base,
      base.replace(/\.(m?)jsx?$/, ".$1ts"),
      base.replace(/\.(m?)jsx?$/, ".$1tsx"),
    ]);
    const path = bases.flatMap((each) => ENDINGS.map((ending) => each + ending)).find(isSource);
    return path === undefined ? undefined : this.file(path);
  }

  /** How a file is called in the report. */
  nameOf(path: string): string {
    return relative(this.root, path).split(sep).join("/");
  }

  #read(path: string): SourceFile | undefined {
    const name = this.nameOf(path);
    try {
      return parseSource(path, name, readFileSync(path, "utf8"));
    } catch (error) {
      this.#unreadable.set(name, { name, reason: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  }
}

function isSource(path: string): boolean {
  return /\.(m?[jt]s|[jt]sx)$/.test(path) && existsSync(path) && statSync(path).isFile();
}
