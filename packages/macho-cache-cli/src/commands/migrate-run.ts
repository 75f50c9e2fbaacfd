import { existsSync } from "node:fs";
import { relative, resolve } from "node:path";
import { CommandError, EXIT, type Exit } from "../exit.ts";
import { migrate, type Migration } from "../migrate/migration.ts";
import { folderOf, gitTree, sourcesBelow, type Tree } from "../migrate/source-files.ts";
import { asData, asText, differences } from "../migrate/report.ts";
import { SWR } from "../migrate/swr/swr.ts";
import { TANSTACK_QUERY } from "../migrate/tanstack/tanstack-query.ts";
import { writeAll } from "../migrate/write.ts";
import type { Terminal } from "../terminal.ts";
import { visible } from "../visible-text.ts";
import type { MigrateOptions } from "./migrate.ts";

const LIBRARIES = { "tanstack-query": TANSTACK_QUERY, swr: SWR };

/** How many names of files a sentence has. */
const MAX_NAMED = 5;

/** Rewrites the sources at a path, and says what is left. @throws CommandError for no path, or uncommitted changes */
export async function runMigrate(path: string, options: MigrateOptions, terminal: Terminal): Promise<Exit> {
  const whole = resolve(path);
  if (!existsSync(whole))
    throw new CommandError(EXIT.usage, `There is nothing at ${visible(path)}. Name a folder or a file.`);
  const folder = await folderOf(whole);
  const tree = await gitTree(folder);
  if (!options.dry && !options.force && tree) refuseDirty(tree, folder);
  const migration = migrate(folder, await sourcesBelow(whole, tree), LIBRARIES[options.from], (done, all) =>
    terminal.status(`${done} of ${all} files`),
  );
  terminal.status("");
  if (!options.dry) await writeAll(migration.changed);
  const prefix = tree?.prefix ?? "";
  if (options.json) terminal.say(JSON.stringify(asData(migration, { ...options, prefix }), undefined, 2));
  else {
    if (options.dry) sayDifferences(migration, terminal, prefix);
    terminal.say(asText(migration, options, terminal));
  }
  return migration.findings.length + migration.unreadable.length > 0 ? EXIT.found : EXIT.done;
}

/** @throws CommandError where the changes of a person and those of the command would be mixed */
function refuseDirty({ dirty }: Tree, folder: string): void {
  if (dirty.length === 0) return;
  const names = dirty.slice(0, MAX_NAMED).map((path) => visible(relative(folder, path)));
  const more = dirty.length > MAX_NAMED ? ` and ${dirty.length - MAX_NAMED} more` : "";
  throw new CommandError(
    EXIT.refused,
    `Uncommitted changes in ${names.join(", ")}${more}: git could not tell them from those of this command, nor take them back. Commit or stash them, look first by --dry, or pass --force.`,
  );
}

function sayDifferences({ changed }: Migration, terminal: Terminal, prefix: string): void {
  const text = differences(changed, terminal, prefix);
  if (text !== "") terminal.say(text);
}
