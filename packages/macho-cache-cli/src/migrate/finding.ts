import { homepage } from "../../package.json";

/** A line that needs a person: what it is, why it was left, and what to do. */
export interface Finding {
  /** Path from the folder that was given. */
  readonly file: string;
  readonly line: number;
  /** From 1. */
  readonly column: number;
  /** What stands there, as an option, a call or a name. */
  readonly subject: string;
  readonly why: string;
  readonly remedy: string;
  /** A section of the docs: `from-swr.md#options`. */
  readonly doc: string;
}

/** What a rule says of a place; the place itself adds the rest. */
export type Remark = Pick<Finding, "subject" | "why" | "remedy" | "doc">;

/** Where a section of the docs is read. */
export const addressOf = (doc: string): string => new URL(doc.replace(".md", ""), homepage).href;

/** In the order of files and lines, each once. */
export function sortedFindings(findings: readonly Finding[]): Finding[] {
  const ordered = [...findings].sort(
    (a, b) => compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.subject, b.subject),
  );
  const placeOf = ({ file, line, column, subject }: Finding): string => `${file}:${line}:${column} ${subject}`;
  return ordered.filter((finding, index) => index === 0 || placeOf(finding) !== placeOf(ordered[index - 1]!));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
