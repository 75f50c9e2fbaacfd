import { chmod, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { ChangedFile } from "./migration.ts";

/** Writes each file beside its place and moves it there: nobody reads half of one. */
export async function writeAll(files: readonly Pick<ChangedFile, "path" | "after">[]): Promise<void> {
  for (const { path, after } of files) await writeWhole(path, after);
}

async function writeWhole(path: string, text: string): Promise<void> {
  const beside = join(dirname(path), `.${basename(path)}.${process.pid}.macho`);
  try {
    await writeFile(beside, text, { flag: "wx" });
    const { mode } = await stat(path);
    await chmod(beside, mode);
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
