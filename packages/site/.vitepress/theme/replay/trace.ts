/** Accesses of a cache, in their order: each is the number of a key, from 0 in the order of first appearance. */
export interface Trace {
  readonly name: string;
  readonly keys: Uint32Array;
  /** How many keys there are. */
  readonly keyCount: number;
  /** What a reader should know of how the text was read. */
  readonly notes: readonly string[];
}

/** More accesses take longer than a reader waits. */
export const MAX_ACCESSES = 1_000_000;
/** Larger files are refused before they are read. */
export const MAX_BYTES = 100 * 2 ** 20;

/** Names of a column that holds keys, in small letters, the likeliest first. */
const KEY_COLUMNS = ["key", "obj_id", "obj-id", "object_id", "objid", "id", "url"];
const DELIMITERS = [",", "\t", ";", "|"];

/** Gives keys numbers. */
class KeyNumbers {
  readonly #numbers = new Map<string, number>();

  of(key: string): number {
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(key, number);
    return number;
  }

  get count(): number {
    return this.#numbers.size;
  }
}

/** Where a line has its key. */
interface Layout {
  readonly keyOf: (line: string) => string;
  readonly hasHeader: boolean;
  readonly note: string;
}

const WHOLE_LINES: Layout = { keyOf: (line) => line, hasHeader: false, note: "Each line is a key." };

/** By the first line: a header that names the column, three columns of which the second is the key, or a key a line. */
function layoutOf(line: string): Layout {
  for (const delimiter of DELIMITERS) {
    const fields = fieldsOf(line, delimiter);
    const names = fields.map((field) => field.toLowerCase());
    const name = KEY_COLUMNS.find((each) => names.includes(each));
    const keyOf =
      (column: number) =>
      (row: string): string =>
        fieldsOf(row, delimiter)[column] ?? "";
    if (fields.length > 1 && name !== undefined) {
      return { keyOf: keyOf(names.indexOf(name)), hasHeader: true, note: `The column ${name} has the keys.` };
    }
    const isNumber = (field: string | undefined): boolean => field !== "" && Number.isFinite(Number(field));
    if (fields.length >= 3 && isNumber(fields[0]) && isNumber(fields[2])) {
      return { keyOf: keyOf(1), hasHeader: false, note: "The second column has the keys." };
    }
  }
  return WHOLE_LINES;
}

function fieldsOf(line: string, delimiter: string): string[] {
  return line.split(delimiter).map((field) => field.trim().replaceAll(/^"|"$/g, ""));
}

/**
 * Reads a trace: one key a line, or a table with a column of keys. Empty lines count as nothing.
 * @throws Error that says what to do, where there is no key
 */
export function readTrace(name: string, text: string): Trace {
  if (text.startsWith("\u001F")) throw new Error(`${name} is compressed by gzip. Unpack it first: gunzip ${name}`);
  if (text.startsWith("{"))
    throw new Error(`${name} is a record, which has deletes and ttls as well. Replay it by: macho simulate ${name}`);
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  const { keyOf, hasHeader, note } = layoutOf(lines[0] ?? "");
  const rows = hasHeader ? lines.slice(1) : lines;
  if (rows.length === 0) throw new Error(`${name} holds no keys. Write one key a line.`);
  const numbers = new KeyNumbers();
  const keys = Uint32Array.from(rows.slice(0, MAX_ACCESSES), (row) => numbers.of(keyOf(row)));
  const leftOut = rows.length - keys.length;
  const cut = leftOut > 0 ? [`Only the first ${words(MAX_ACCESSES)} accesses are replayed.`] : [];
  return { name, keys, keyCount: numbers.count, notes: [note, ...cut] };
}

/** A whole number with commas, as the rest of the site writes it. */
export const words = (count: number): string => count.toLocaleString("en-US");
