import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Library } from "../../src/migrate/library.ts";
import { migrate, type Migration } from "../../src/migrate/migration.ts";
import { SWR } from "../../src/migrate/swr/swr.ts";
import { TANSTACK_QUERY } from "../../src/migrate/tanstack/tanstack-query.ts";

/** The libraries by the name that is typed. */
const LIBRARIES: Readonly<Record<"tanstack-query" | "swr", Library>> = {
  "tanstack-query": TANSTACK_QUERY,
  swr: SWR,
};

/** What became of files. */
export interface Migrated extends Migration {
  /** All files as they are now. */
  readonly after: Readonly<Record<string, string>>;
  /** `file:line subject` of each line that is left. */
  readonly left: readonly string[];
}

/** Files in a folder of their own. */
export interface Folder {
  readonly folder: string;
  readonly paths: readonly string[];
  readonly remove: () => void;
}

export function writtenFolder(files: Readonly<Record<string, string>>): Folder {
  const folder = mkdtempSync(join(tmpdir(), "macho-migrate-"));
  const paths = Object.entries(files).map(([name, text]) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  });
  return { folder, paths, remove: () => rmSync(folder, { recursive: true }) };
}

/** Rewrites files in memory. */
export function migrated(files: Readonly<Record<string, string>>, from: "tanstack-query" | "swr"): Migrated {
  const { folder, paths, remove } = writtenFolder(files);
  try {
    const migration = migrate(folder, paths, LIBRARIES[from]);
    const changes = migration.changed.map(({ name, after }) => [name, after]);
    return {
      ...migration,
      after: { ...files, ...(Object.fromEntries(changes) as Record<string, string>) },
      left: migration.findings.map(({ file, line, subject }) => `${file}:${line} ${subject}`),
    };
  } finally {
    remove();
  }
}
