// What a migration says: the difference, the lines that are left, and counts.
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import picocolors from "picocolors";
import type { Terminal } from "../terminal.ts";
import { visible } from "../visible-text.ts";
import { addressOf, type Finding } from "./finding.ts";
import type { ErrorType } from "./library.ts";
import type { ChangedFile, Migration } from "./migration.ts";

interface ReportOptions {
  readonly from: string;
  readonly dry?: boolean;
  /** Where the folder stands in git's work tree, with a slash at its end. */
  readonly prefix?: string;
}

/**
 * A unified difference, as `git apply` reads it.
 * @param prefix where names begin in git's work tree, with a slash at its end
 */
export function differences(
  changed: readonly ChangedFile[],
  { colors }: Pick<Terminal, "colors">,
  prefix = "",
): string {
  return changed
    .map(({ name, before, after }) => patchOf(prefix + name, before, after))
    .flatMap((patch) => patch.split("\n"))
    .map((line) => colored(line, colors))
    .join("\n");
}

/** Without the first line, git would take the names for those of the folder in which it is called. */
function patchOf(name: string, before: string, after: string): string {
  const [from, to] = [`a/${name}`, `b/${name}`];
  const options = { context: 3, headerOptions: FILE_HEADERS_ONLY };
  const patch = createTwoFilesPatch(from, to, before, after, undefined, undefined, options);
  return `diff --git ${from} ${to}\n${patch.replace(/\n$/, "")}`;
}

function colored(line: string, colors: Terminal["colors"]): string {
  const shown = line.endsWith("\r")
    ? `${visible(line.slice(0, -1))}\r`
    : visible(line.replaceAll("\t", "\u0000")).replaceAll("\\x00", "\t");
  if (/^(diff|---|\+\+\+)/.test(line)) return colors.bold(shown);
  if (line.startsWith("+")) return colors.green(shown);
  return line.startsWith("-") ? colors.red(shown) : shown;
}

/** The lines that are left, by file, and a summary. */
export function asText(migration: Migration, options: ReportOptions, { colors }: Pick<Terminal, "colors">): string {
  const { findings, unreadable } = migration;
  const files = [...new Set(findings.map(({ file }) => file))];
  const groups = files.map((file) => {
    const own = findings.filter((finding) => finding.file === file);
    return own.map((finding) => asLines(finding, colors)).join("\n");
  });
  const broken = unreadable.map(
    ({ name, reason }) => `${colors.bold(visible(name))}  was left alone, as it cannot be parsed: ${visible(reason)}`,
  );
  return [...groups, ...broken, summary(migration, options)].join("\n\n");
}

function asLines({ file, line, column, subject, why, remedy, doc }: Finding, colors: Terminal["colors"]): string {
  return [
    `${colors.bold(visible(`${file}:${line}:${column}`))}  ${colors.yellow(visible(subject))}`,
    `  ${visible(why)} ${visible(remedy)}`,
    `  ${colors.dim(addressOf(doc))}`,
  ].join("\n");
}

function summary(
  { fileCount, changed, rewritten, findings, unreadable, errorType }: Migration,
  { dry, from }: ReportOptions,
): string {
  const left = findings.length + unreadable.length;
  const did = dry ? "would be rewritten" : "rewritten";
  const lines = [
    `${places(rewritten)} in ${filesOf(changed.length)} ${did}, of ${filesOf(fileCount)} looked at.`,
    left === 0
      ? "Nothing is left for a person."
      : `${left} ${left === 1 ? "line is" : "lines are"} left for a person${bySubject(findings)}.`,
  ];
  if (errorType) lines.push(declared(errorType, from));
  if (!dry && changed.length > 0) {
    const names = from === "swr" ? "swr" : "@tanstack/react-query";
    lines.push(
      `Next: npm install macho-cache, run your type checker, and npm uninstall ${names} when no import is left.`,
    );
  }
  return lines.join("\n");
}

/** What the declaration in a file of the app is for. */
function declared({ file, type }: ErrorType, from: string): string {
  const before = from === "swr" ? "SWR" : "TanStack Query";
  const better = type === "any" ? " Write Error or unknown there for a checked type." : "";
  return `Register in ${visible(file)} gives errors the type ${type}, as in ${before}.${better}`;
}

function places(count: number): string {
  return `${count} ${count === 1 ? "place" : "places"}`;
}

function filesOf(count: number): string {
  return `${count} ${count === 1 ? "file" : "files"}`;
}

/** The commonest first. */
function bySubject(findings: readonly Finding[]): string {
  const counts = new Map<string, number>();
  for (const { subject } of findings) counts.set(subject, (counts.get(subject) ?? 0) + 1);
  const ordered = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 6);
  return ordered.length === 0
    ? ""
    : `: ${ordered.map(([subject, count]) => `${visible(subject)} ${count}`).join(", ")}`;
}

/** For programs. */
export function asData(migration: Migration, { from, dry = false, prefix }: ReportOptions): object {
  const { fileCount, changed, rewritten, findings, unreadable, errorType } = migration;
  return {
    from,
    isDry: dry,
    fileCount,
    rewritten,
    changed: changed.map((file) =>
      dry ? { file: file.name, difference: differences([file], PLAIN, prefix) } : { file: file.name },
    ),
    left: findings.map((finding) => Object.assign({}, finding, { doc: addressOf(finding.doc) })),
    unreadable,
    errorType,
  };
}

const PLAIN: Pick<Terminal, "colors"> = { colors: picocolors.createColors(false) };
