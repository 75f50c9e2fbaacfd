// What a migration says: the difference, the lines that are left, and counts.
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from "diff";
import picocolors from "picocolors";
import type { Terminal } from "../terminal.ts";
import { visible } from "../visible-text.ts";
import { addressOf, type Finding } from "./finding.ts";
import type { ChangedFile, Migration } from "./migration.ts";

interface ReportOptions {
  readonly from: string;
  readonly dry?: boolean;
}

/** A unified difference, as `git apply` reads it. */
export function differences(changed: readonly ChangedFile[], { colors }: Pick<Terminal, "colors">): string {
  return changed
    .map(({ name, before, after }) =>
      createTwoFilesPatch(`a/${name}`, `b/${name}`, before, after, undefined, undefined, {
        context: 3,
        headerOptions: FILE_HEADERS_ONLY,
      }).replace(/\n$/, ""),
    )
    .flatMap((patch) => patch.split("\n"))
    .map((line) => colored(line, colors))
    .join("\n");
}

function colored(line: string, colors: Terminal["colors"]): string {
  const shown = line.endsWith("\r")
    ? `${visible(line.slice(0, -1))}\r`
    : visible(line.replaceAll("\t", "\u0000")).replaceAll("\\x00", "\t");
  if (/^(---|\+\+\+)/.test(line)) return colors.bold(shown);
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
  { fileCount, changed, rewritten, findings, unreadable }: Migration,
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
  if (!dry && changed.length > 0) {
    const names = from === "swr" ? "swr" : "@tanstack/react-query";
    lines.push(
      `Next: npm install macho-cache, run your type checker, and npm uninstall ${names} when no import is left.`,
    );
  }
  return lines.join("\n");
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
export function asData(migration: Migration, { from, dry = false }: ReportOptions): object {
  const { fileCount, changed, rewritten, findings, unreadable } = migration;
  return {
    from,
    isDry: dry,
    fileCount,
    rewritten,
    changed: changed.map((file) =>
      dry ? { file: file.name, difference: differences([file], PLAIN) } : { file: file.name },
    ),
    left: findings.map((finding) => Object.assign({}, finding, { doc: addressOf(finding.doc) })),
    unreadable,
  };
}

const PLAIN: Pick<Terminal, "colors"> = { colors: picocolors.createColors(false) };
