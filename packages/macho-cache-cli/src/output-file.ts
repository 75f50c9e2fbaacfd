import { createWriteStream } from "node:fs";
import { access, link, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { CommandError, EXIT } from "./exit.ts";
import { visible } from "./visible-text.ts";

/** Where a command writes what takes a while to get. */
export interface OutputFile {
  /** "-" for the standard output. */
  readonly path: string;
  /** Whether it may be there already. */
  readonly isForced: boolean;
}

/** Looks, before anything is done, whether a file can be written. @throws CommandError */
export async function checkOutput({ path, isForced }: OutputFile): Promise<void> {
  if (path === "-") return;
  const folder = dirname(path);
  const isFolder = await stat(folder).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) throw new CommandError(EXIT.file, `There is no folder ${visible(folder)} to write to.`);
  if (!isForced && (await isThere(path))) throw existing(path);
}

/**
 * Writes a file, or to the standard output. It is never there half: it is written beside, and gets its name when it is
 * whole. A name that ends with `.gz` is compressed.
 */
export async function writeOutput({ path, isForced }: OutputFile, pieces: Iterable<string>): Promise<void> {
  const source = Readable.from(pieces);
  if (path === "-") return pipeline(source, process.stdout, { end: false });
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  try {
    const file = createWriteStream(beside, { flags: "wx" });
    if (path.endsWith(".gz")) await pipeline(source, createGzip(), file);
    else await pipeline(source, file);
    if (isForced) await rename(beside, path);
    else await nameOnce(beside, path);
  } catch (error) {
    if (error instanceof CommandError) throw error;
    throw new CommandError(EXIT.file, `${visible(path)} cannot be written: ${visible((error as Error).message)}`, {
      cause: error,
    });
  } finally {
    await rm(beside, { force: true });
  }
}

/** Gives a file its name, unless another one has got it meanwhile. */
async function nameOnce(beside: string, path: string): Promise<void> {
  try {
    await link(beside, path);
  } catch (error) {
    // Some file systems have no links.
    if ((error as NodeJS.ErrnoException).code === "EEXIST" || (await isThere(path))) throw existing(path);
    await rename(beside, path);
  }
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function existing(path: string): CommandError {
  return new CommandError(EXIT.file, `${visible(path)} is there already. Pass --force to write over it.`);
}
