// Which files of a folder are looked at.
import { execFile } from "node:child_process";
import { lstat, readdir, stat } from "node:fs/promises";
import { dirname, extname, join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

const ENDINGS = new Set([".js", ".jsx", ".ts", ".tsx", ".mjs", ".mts"]);
const NEVER = new Set(["node_modules", "dist", ".git"]);

/** What git says of a folder. */
export interface Tree {
  /** Paths of files with changes that are not committed. */
  readonly dirty: readonly string[];
  /** All files that git does not ignore. */
  readonly files: readonly string[];
  /** Where the folder stands in the work tree, with a slash at its end; empty for all of it. */
  readonly prefix: string;
}

/** @returns `undefined` outside of a work tree, or without git */
export async function gitTree(folder: string): Promise<Tree | undefined> {
  const git = async (...words: string[]): Promise<string[]> => {
    const { stdout } = await run("git", ["-C", folder, ...words], { maxBuffer: 1e9 });
    return stdout.split("\0").filter((name) => name !== "");
  };
  try {
    const files = await git("ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ".");
    const [root = folder] = (await run("git", ["-C", folder, "rev-parse", "--show-toplevel"])).stdout.split("\n");
    const [prefix = ""] = (await run("git", ["-C", folder, "rev-parse", "--show-prefix"])).stdout.split("\n");
    const status = await git("status", "--porcelain", "-z", "--no-renames", "--", ".");
    return {
      dirty: status.map((line) => join(root, line.slice(3))),
      files: files.map((name) => join(folder, name)),
      prefix,
    };
  } catch {
    return undefined;
  }
}

/** The sources at or below a path, in order: those that git knows of, or else all. */
export async function sourcesBelow(path: string, tree: Tree | undefined): Promise<string[]> {
  if ((await stat(path)).isFile()) return [path];
  const all = tree ? tree.files.filter((file) => !isSkipped(file.slice(path.length))) : await walk(path);
  const found = await Promise.all(all.filter(isSource).map(async (file) => ((await isFile(file)) ? [file] : [])));
  return [...new Set(found.flat())].sort();
}

/** The folder that names in the report begin at. */
export async function folderOf(path: string): Promise<string> {
  const whole = resolve(path);
  return (await stat(whole)).isFile() ? dirname(whole) : whole;
}

function isSource(path: string): boolean {
  return ENDINGS.has(extname(path));
}

function isSkipped(path: string): boolean {
  return path.split(/[\\/]/).some((part) => NEVER.has(part));
}

/** A link is no file: what it leads to is looked at where it is. */
async function isFile(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

async function walk(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return NEVER.has(entry.name) ? [] : walk(path);
      return entry.isFile() ? [path] : [];
    }),
  );
  return found.flat();
}
