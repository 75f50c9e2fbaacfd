import { existsSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve as resolvePath, sep } from "node:path";
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

/** The files that are looked at, each read and parsed once, when it is needed. */
export class Project {
  readonly root: string;
  readonly unreadable: Unreadable[] = [];
  #files = new Map<string, SourceFile | undefined>();

  constructor(root: string) {
    this.root = root;
  }

  /** @returns `undefined` for a file that cannot be parsed, which is noted */
  file(path: string): SourceFile | undefined {
    if (!this.#files.has(path)) this.#files.set(path, this.#read(path));
    return this.#files.get(path);
  }

  /** The file that `import ... from "./todos"` means; `undefined` for a package or an alias. */
  imported(from: SourceFile, specifier: string): SourceFile | undefined {
    if (!specifier.startsWith(".")) return undefined;
    const base = resolvePath(dirname(from.path), specifier);
    // With `.js`, TypeScript means its own file.
    const bases = [base, base.replace(/\.(m?)jsx?$/, ".$1ts"), base.replace(/\.(m?)jsx?$/, ".$1tsx")];
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
      this.unreadable.push({ name, reason: error instanceof Error ? error.message : String(error) });
      return undefined;
    }
  }
}

function isSource(path: string): boolean {
  return /\.(m?[jt]s|[jt]sx)$/.test(path) && existsSync(path) && statSync(path).isFile();
}

/** A folder of the project. */
export function below(root: string, name: string): string {
  return join(root, ...name.split("/"));
}
