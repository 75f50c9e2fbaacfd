// The apps: as they are, as they are after the command, and as a person finishes them.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Migrated, migrated } from "../../support/migration.ts";
import type { Scenario } from "./scenarios.tsx";

const APPS = join(import.meta.dirname, "..", "apps");
const ROOT = join(import.meta.dirname, "..", "..", "..", "..", "..");

export type Files = Readonly<Record<string, string>>;

/** The names of all apps. */
export function appNames(): string[] {
  return readdirSync(APPS).sort();
}

/** Where an app lies. */
function folderOf(name: string): string {
  return join(APPS, name, "before");
}

export function filesOf(name: string): Files {
  const folder = folderOf(name);
  return Object.fromEntries(readdirSync(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}

export function migrateApp(name: string, { from }: Pick<Scenario, "from">): Migrated {
  return migrated(filesOf(name), from);
}

/** With the lines that were left, as a person writes them. @throws Error for a line that is not there */
export function finished({ after }: Migrated, { finish = {} }: Scenario): Files {
  const changed = Object.entries(finish).map(([file, changes]): [string, string] => {
    const text = changes.reduce((all, [before, now]) => {
      if (!all.includes(before)) throw new Error(`${file} has no ${before}\n${all}`);
      return all.replace(before, () => now);
    }, after[file] ?? "");
    return [file, text];
  });
  return { ...after, ...Object.fromEntries(changed) };
}

/** A folder that git ignores, in which packages are found as elsewhere in the repository. */
export class Workplace {
  readonly folder: string;

  constructor() {
    mkdirSync(join(ROOT, ".tmp"), { recursive: true });
    this.folder = mkdtempSync(join(ROOT, ".tmp", "macho-apps-"));
  }

  /** @returns where the files are */
  write(name: string, files: Files): string {
    for (const [file, text] of Object.entries(files)) {
      const path = join(this.folder, name, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    }
    return join(this.folder, name);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
