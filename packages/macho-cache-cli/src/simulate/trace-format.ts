import { type CsvColumns, columnsOfLine, columnsOfParameters, usage } from "./csv-columns.ts";

/** How the lines of a trace are read. */
export type TraceFormat =
  | { readonly kind: "keys" }
  | { readonly kind: "csv"; readonly columns: CsvColumns }
  | { readonly kind: "record" };

export type FormatName = TraceFormat["kind"];

/** What the user says of it. */
export interface FormatChoice {
  readonly format?: FormatName | undefined;
  /** Parameters of a csv. */
  readonly csv?: string | undefined;
}

/**
 * What a trace is, from its first bytes: a record begins with a brace, a csv has a line of names, or numbers in the first and
 * third column as libCacheSim writes them. All else is a key a line.
 * @throws CommandError where the user's parameters cannot be used
 */
export function formatOf(head: string, { format, csv }: FormatChoice): TraceFormat {
  const line = head.split(/\r?\n/, 1)[0]!.replace(/^\uFEFF/, "");
  if (csv !== undefined) {
    if (format !== undefined && format !== "csv") throw usage(`--csv is for a csv, and --format says ${format}.`);
    return { kind: "csv", columns: columnsOfParameters(csv, line) };
  }
  if (format === undefined && isRecord(head)) return { kind: "record" };
  if (format === "keys" || format === "record") return { kind: format };
  const columns = columnsOfLine(line);
  if (columns !== undefined) return { kind: "csv", columns };
  if (format === undefined) return { kind: "keys" };
  throw usage(
    'The first line does not tell which column is the key. Say it: --csv "time-col=1,obj-id-col=2,obj-size-col=3"',
  );
}

/** The name of its first property tells it from keys that begin with a brace. */
function isRecord(head: string): boolean {
  return /^\uFEFF?\s*\{\s*"(version|readAt|operations)"/.test(head);
}

/** The format, in words. */
export function formatWords(format: TraceFormat): string {
  switch (format.kind) {
    case "keys":
      return "one key a line";
    case "record":
      return "a record of macho";
    case "csv": {
      const { key, time, size } = format.columns;
      const columns = [`key ${key}`, ...(time > 0 ? [`time ${time}`] : []), ...(size > 0 ? [`size ${size}`] : [])];
      return `csv, columns: ${columns.join(", ")}`;
    }
  }
}
