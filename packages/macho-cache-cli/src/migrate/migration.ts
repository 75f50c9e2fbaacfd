// A project from another library to this one: what changes in which files, and what is left.
// docs/decisions/0058-what-migrate-leaves-stays-loud.md
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { NodePath } from "@babel/traverse";
import { FileMigration } from "./file-migration.ts";
import { type Finding, sortedFindings } from "./finding.ts";
import type { ErrorType, Library } from "./library.ts";
import { Project, type Unreadable } from "./project.ts";
import { parseSource, type SourceFile } from "./source-file.ts";
import type { Survey } from "./library.ts";
import { declaresModule } from "./tanstack/types.ts";
import { usesOf } from "./use.ts";

/** One file that has another text now. */
export interface ChangedFile {
  readonly path: string;
  readonly name: string;
  readonly before: string;
  readonly after: string;
}

/** What a migration found. */
export interface Migration {
  /** How many files were looked at. */
  readonly fileCount: number;
  readonly changed: readonly ChangedFile[];
  /** How many places were rewritten. */
  readonly rewritten: number;
  readonly findings: readonly Finding[];
  /** Files that were left alone, as they cannot be parsed. */
  readonly unreadable: readonly Unreadable[];
  /** The type of errors, where it was declared. */
  readonly errorType: ErrorType | undefined;
}

/** Rewrites in memory: nothing is written. */
export function migrate(
  root: string,
  paths: readonly string[],
  library: Library,
  onProgress: (done: number, all: number) => void = () => undefined,
): Migration {
  const project = new Project(root);
  const wanted = paths.filter((path) => library.words.test(readFileSync(path, "utf8")));
  const survey = library.survey(project, wanted);
  const results = wanted.flatMap((path, index) => {
    onProgress(index, wanted.length);
    const source = project.file(path);
    return source ? [migrateFile(source, project, library, survey)] : [];
  });
  const changed = results.flatMap((result) => result.changed);
  return {
    fileCount: paths.length,
    changed,
    rewritten: results.reduce((sum, { rewritten }) => sum + rewritten, 0),
    findings: sortedFindings(results.flatMap(({ findings }) => findings)),
    // One that has nothing of the library is nobody's concern here.
    unreadable: project.unreadable.filter(({ name }) => mentions(library, join(root, name))),
    errorType: changed.some(({ name }) => name === survey.errorType?.file) ? survey.errorType : undefined,
  };
}

function mentions({ packages }: Library, path: string): boolean {
  const text = readFileSync(path, "utf8");
  return Object.keys(packages).some((name) => text.includes(name));
}

interface FileResult {
  readonly changed: readonly ChangedFile[];
  readonly rewritten: number;
  readonly findings: readonly Finding[];
}

function migrateFile(source: SourceFile, project: Project, library: Library, survey: Survey): FileResult {
  const file = new FileMigration(source, project, library, survey);
  rewriteUses(file);
  leaveOtherMentions(file);
  library.rewriteRest(file);
  const { findings } = file;
  const { path, name, text: before } = source;
  if (file.changeCount === 0) return { changed: [], rewritten: 0, findings };
  try {
    const after = file.finish();
    parseSource(path, name, after);
    const changed = after === before ? [] : [{ path, name, before, after }];
    return { changed, rewritten: changed.length > 0 ? file.changeCount : 0, findings };
  } catch (error) {
    const why = `The result could not be parsed, so the file was left as it was: ${String(error)}`;
    const finding = {
      file: name,
      line: 1,
      column: 1,
      subject: name,
      why,
      remedy: "Change it by hand.",
      doc: library.guide,
    };
    return { changed: [], rewritten: 0, findings: [...findings, finding] };
  }
}

/** Every use of an imported name. A name stays imported while one of its uses stays. */
function rewriteUses(file: FileMigration): void {
  const { specifiers } = file.imports;
  // What stands inside of `new QueryClient(...)` goes with it.
  const ordered = [...specifiers].sort((a, b) => Number(b.name === "QueryClient") - Number(a.name === "QueryClient"));
  for (const specifier of ordered) {
    const uses = usesOf(file.source, specifier);
    const rewrite = (): boolean => uses.map((use) => file.library.rewriteUse(use, file)).every(Boolean);
    // A namespace leads to one module: it is rewritten as a whole, or not at all.
    const isDone = specifier.isNamespace ? file.attempt(rewrite) : rewrite();
    if (!isDone || uses.length === 0) file.keep(specifier);
    if (uses.length === 0) leaveUnused(file, specifier.path.node, specifier.local);
    else if (!isDone && specifier.isNamespace) leaveNamespace(file, specifier.path.node, specifier.local);
  }
}

function leaveUnused(file: FileMigration, node: Parameters<FileMigration["leave"]>[0], local: string): void {
  const why = "It is imported and not used.";
  file.leave(node, { subject: local, why, remedy: "Delete it.", doc: file.library.guide });
}

function leaveNamespace(file: FileMigration, node: Parameters<FileMigration["leave"]>[0], local: string): void {
  const why = "Not all of its uses have an equal here, so none was rewritten.";
  file.leave(node, {
    subject: `* as ${local}`,
    why,
    remedy: "Import the names that you use.",
    doc: file.library.guide,
  });
}

/** Other ways in which a package is named: exports, `import()`, `require`, mocks, and the packages around it. */
function leaveOtherMentions(file: FileMigration): void {
  const { packages, others, guide } = file.library;
  file.source.program.traverse({
    StringLiteral({ node, parentPath }) {
      const { value } = node;
      const isOurs = Object.hasOwn(packages, value);
      if ((!isOurs && !others.test(value)) || parentPath.isTSModuleDeclaration()) return;
      const isImport = parentPath.isImportDeclaration();
      const isBare = isImport && parentPath.node.specifiers.length === 0;
      if (isOurs && isImport && (!isBare || declaresModule(file, value))) return;
      const remark = isOurs
        ? { why: mentionOf(parentPath), remedy: `Here it is ${packages[value]}.`, doc: guide }
        : remarkOnOther(value);
      file.leave(node, { subject: value, ...remark });
    },
  });
}

/** Of a package around the library. */
function remarkOnOther(name: string): { why: string; remedy: string; doc: string } {
  if (/persist|broadcast/.test(name)) {
    return {
      why: "macho-cache/persist takes its place, in another way.",
      remedy: "Call persist(client, { scope }), and shareAcrossTabs for several tabs.",
      doc: "from-tanstack-persisters.md#each-task-before-and-now",
    };
  }
  const remedy = "See what is not there, and the way round.";
  return { why: "No module here takes its place.", remedy, doc: "what-is-not-there.md#left-out-on-purpose" };
}

function mentionOf(path: NodePath): string {
  return path.isExportDeclaration()
    ? "It is exported on, and who imports it is not looked at."
    : "It is named in another way than by an import.";
}
