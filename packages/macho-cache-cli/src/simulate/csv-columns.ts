import { CommandError, EXIT } from "../exit.ts";
import { visible } from "../visible-text.ts";

/** Which columns of a csv say what, counted from 1; 0 where none does. */
export interface CsvColumns {
  readonly delimiter: string;
  readonly hasHeader: boolean;
  readonly time: number;
  readonly key: number;
  readonly size: number;
  /** Ms in a unit of time. */
  readonly msPerUnit: number;
}

/** Other names than libCacheSim's that a header may have, in small letters. */
const NAMES: Readonly<Record<"time" | "key" | "size", readonly string[]>> = {
  time: ["time", "timestamp", "ts", "clock_time", "real_time"],
  key: ["obj_id", "obj-id", "object_id", "objid", "key", "id", "url"],
  size: ["obj_size", "obj-size", "object_size", "objsize", "size", "bytes", "length"],
};
const DELIMITERS = [",", "\t", ";", "|"];
const WORDS: Readonly<Record<string, string>> = { tab: "\t", space: " ", comma: ",", "\\t": "\t" };
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, us: 0.001 };
const PARAMETERS = ["time-col", "obj-id-col", "obj-size-col", "has-header", "delimiter", "time-unit"];

/** What the first line tells; `undefined` where it does not look like csv. */
export function columnsOfLine(line: string): CsvColumns | undefined {
  for (const delimiter of DELIMITERS) {
    const fields = line.split(delimiter).map((field) => field.trim().replaceAll(/^"|"$/g, "").toLowerCase());
    if (fields.length < 2) continue;
    const [time, key, size] = (["time", "key", "size"] as const).map(
      (column) => 1 + fields.findIndex((field) => NAMES[column].includes(field)),
    );
    if (key! > 0) return { delimiter, hasHeader: true, time: time!, key: key!, size: size!, msPerUnit: 1_000 };
    // libCacheSim's own order, without a header.
    if (fields.length >= 3 && isNumber(fields[0]!) && isNumber(fields[2]!)) {
      return { delimiter, hasHeader: false, time: 1, key: 2, size: 3, msPerUnit: 1_000 };
    }
  }
  return undefined;
}

function isNumber(field: string): boolean {
  return field !== "" && Number.isFinite(Number(field));
}

/** Parameters as libCacheSim's `-t` has them: "time-col=1, obj-id-col=2, obj-size-col=3". @throws CommandError */
export function columnsOfParameters(text: string, line: string): CsvColumns {
  const found = columnsOfLine(line);
  const given = new Map<string, string>();
  // A comma may be the delimiter itself.
  for (const [, name = "", value = ""] of text.matchAll(/\s*([\w-]+)\s*=\s*(,|[^,]*)\s*(?:,|$)/g)) {
    if (!PARAMETERS.includes(name))
      throw usage(`--csv does not know ${visible(name)}. It knows ${PARAMETERS.join(", ")}.`);
    given.set(name, value === " " ? value : value.trim());
  }
  if (given.size === 0) throw usage(`--csv needs parameters such as "time-col=1,obj-id-col=2", got ${visible(text)}.`);
  const column = (name: string): number => (given.has(name) ? columnNumber(name, given.get(name)!) : 0);
  const key = column("obj-id-col") || (found?.key ?? 0);
  if (key === 0) throw usage('--csv must say where the key is: "obj-id-col=2".');
  const columns = {
    key,
    time: column("time-col"),
    size: column("obj-size-col"),
    delimiter: given.has("delimiter") ? delimiterOf(given.get("delimiter")!) : (found?.delimiter ?? ","),
    msPerUnit: unitOf(given.get("time-unit") ?? "s"),
  };
  const hasHeader = given.has("has-header")
    ? flagOf(given.get("has-header")!)
    : found?.hasHeader === true || hasNames(line, columns);
  return { ...columns, hasHeader };
}

/** Whether a line has something else than numbers where numbers should be. */
function hasNames(line: string, { delimiter, time, size }: Omit<CsvColumns, "hasHeader">): boolean {
  const fields = line.split(delimiter).map((field) => field.trim());
  return [time, size].some((column) => /^"?[a-z_]/i.test(fields[column - 1] ?? ""));
}

function columnNumber(name: string, text: string): number {
  const column = Number(text);
  if (Number.isInteger(column) && column >= 1 && column <= 1_000) return column;
  throw usage(`${name} is the number of a column, counted from 1, got ${visible(text)}.`);
}

function delimiterOf(text: string): string {
  const delimiter = WORDS[text] ?? text;
  if (/^[^\w"\n\r]$/.test(delimiter) && delimiter.charCodeAt(0) < 128) return delimiter;
  throw usage(`delimiter is one sign such as ; or |, or tab, space or comma, got ${visible(text)}.`);
}

function flagOf(text: string): boolean {
  if (/^(true|1)$/i.test(text)) return true;
  if (/^(false|0)$/i.test(text)) return false;
  throw usage(`has-header is true or false, got ${visible(text)}.`);
}

function unitOf(text: string): number {
  const ms = UNITS[text];
  if (ms !== undefined) return ms;
  throw usage(`time-unit is one of ${Object.keys(UNITS).join(", ")}, got ${visible(text)}.`);
}

/** The command line asks for what does not exist. */
export function usage(message: string): CommandError {
  return new CommandError(EXIT.usage, message);
}
