import { visible } from "../visible-text.ts";
import type { CsvColumns } from "./csv-columns.ts";
import { LONGEST_LINE } from "./line-splitter.ts";
import type { TraceFormat } from "./trace-format.ts";

const QUOTE = 0x22;
const SPACE = 0x20;
const TAB = 0x09;
const ZERO = 0x30;
/** Digits that a number holds exactly. */
const MOST_DIGITS = 15;

/** Columns whose numbers are needed. */
export interface Wanted {
  readonly weights: boolean;
  readonly times: boolean;
}

/** Finds a request in a line, without making text of it. */
export class RequestParser {
  /** Where the key is, in the bytes of the last line. */
  start = 0;
  end = 0;
  weight = 1;
  /** Ms. */
  time = 0;
  #columns: CsvColumns | undefined;
  #delimiter: number;
  /** The last column that matters. */
  #last: number;
  #wanted: Wanted;
  /** By column: where its field begins and ends. */
  #starts: Int32Array;
  #ends: Int32Array;

  constructor(format: TraceFormat, wanted: Wanted) {
    this.#wanted = wanted;
    const columns = (this.#columns = format.kind === "csv" ? format.columns : undefined);
    this.#delimiter = columns?.delimiter.charCodeAt(0) ?? 0;
    const { key = 1, size = 0, time = 0 } = columns ?? {};
    this.#last = Math.max(key, wanted.weights ? size : 0, wanted.times ? time : 0);
    this.#starts = new Int32Array(this.#last + 1);
    this.#ends = new Int32Array(this.#last + 1);
  }

  /** Reads a line. @returns what is wrong with it, in words; `undefined` for a request */
  read(bytes: Uint8Array, start: number, end: number): string | undefined {
    if (end - start > LONGEST_LINE) return `needs a line of at most ${LONGEST_LINE} bytes, got a longer one`;
    const columns = this.#columns;
    if (columns === undefined) {
      this.start = start;
      this.end = end;
      return this.#keyProblem(bytes);
    }
    const fields = this.#split(bytes, start, end);
    if (fields < this.#last) {
      return `needs ${this.#last} columns, got ${fields}: ${textOf(bytes, start, end)}`;
    }
    this.start = this.#starts[columns.key]!;
    this.end = this.#ends[columns.key]!;
    return this.#keyProblem(bytes) ?? this.#numberProblem(bytes, columns);
  }

  #keyProblem(bytes: Uint8Array): string | undefined {
    if (this.start === this.end) return "needs a key, got nothing";
    for (let at = this.start; at < this.end; at++) {
      const byte = bytes[at]!;
      if (byte < SPACE && byte !== TAB) {
        return `needs a key of text, got ${textOf(bytes, this.start, this.end)}`;
      }
    }
    return undefined;
  }

  #numberProblem(bytes: Uint8Array, { size, time, msPerUnit }: CsvColumns): string | undefined {
    if (this.#wanted.weights) {
      this.weight = numberIn(bytes, this.#starts[size]!, this.#ends[size]!);
      if (!Number.isSafeInteger(this.weight) || this.weight < 0)
        return this.#numberGot(bytes, "size, a whole number of 0 or more", size);
    }
    if (this.#wanted.times) {
      this.time = numberIn(bytes, this.#starts[time]!, this.#ends[time]!) * msPerUnit;
      if (!(this.time >= 0 && this.time < Infinity)) return this.#numberGot(bytes, "time, a number of 0 or more", time);
    }
    return undefined;
  }

  #numberGot(bytes: Uint8Array, what: string, column: number): string {
    return `needs a ${what}, in column ${column}, got ${textOf(bytes, this.#starts[column]!, this.#ends[column]!)}`;
  }

  /** Finds the fields up to the last column that matters. Returns how many there are. */
  #split(bytes: Uint8Array, start: number, end: number): number {
    let from = start;
    for (let column = 1; column <= this.#last; column++) {
      if (from > end) return column - 1;
      const to = this.#endOfField(bytes, from, end);
      this.#note(column, bytes, from, to);
      from = to + 1;
    }
    return this.#last;
  }

  #endOfField(bytes: Uint8Array, from: number, end: number): number {
    let at = from;
    // A delimiter between quotes is part of the field.
    if (bytes[at] === QUOTE) {
      at++;
      while (at < end && (bytes[at] !== QUOTE || bytes[at + 1] === QUOTE)) at += bytes[at] === QUOTE ? 2 : 1;
    }
    while (at < end && bytes[at] !== this.#delimiter) at++;
    return at;
  }

  /** Without blanks and quotes around it. */
  #note(column: number, bytes: Uint8Array, from: number, to: number): void {
    let start = from;
    let end = to;
    while (start < end && isBlank(bytes[start]!)) start++;
    while (end > start && isBlank(bytes[end - 1]!)) end--;
    if (end - start >= 2 && bytes[start] === QUOTE && bytes[end - 1] === QUOTE) {
      start++;
      end--;
    }
    this.#starts[column] = start;
    this.#ends[column] = end;
  }
}

function isBlank(byte: number): boolean {
  return byte === SPACE || byte === TAB;
}

/** The number that a field says; NaN where it says none. */
function numberIn(bytes: Uint8Array, start: number, end: number): number {
  if (start === end) return NaN;
  let value = 0;
  for (let at = start; at < end; at++) {
    const digit = bytes[at]! - ZERO;
    if (digit < 0 || digit > 9 || end - start > MOST_DIGITS)
      return Number(Buffer.from(bytes.subarray(start, end)).toString());
    value = 10 * value + digit;
  }
  return value;
}

/** A piece of a line that can be shown. */
function textOf(bytes: Uint8Array, start: number, end: number): string {
  const shown = Buffer.from(bytes.subarray(start, Math.min(end, start + 60))).toString();
  return `"${visible(shown)}"${end - start > 60 ? " and more" : ""}`;
}
