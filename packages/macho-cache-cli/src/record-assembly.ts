import type { AccessRecord } from "macho-cache/simulate";
import type { Answers, Requests } from "macho-cache/devtools/expose";
import { jsonText } from "./json-text.ts";

type RecordPart = NonNullable<Answers["record"]["part"]>;
type RecordHead = NonNullable<RecordPart["head"]>;

/** Operations of one record: about 150 MB here while it is put together. */
const MAX_OPERATIONS = 5_000_000;

/** Puts a record together from the parts that a page hands over while it goes on. */
export class RecordAssembly {
  #most: number;
  #begun = 0;
  #head: RecordHead | undefined;
  #operations: string[] = [];
  #keys: number[] = [];
  #times: number[] = [];
  #ttls: number[] | undefined;
  #weights: number[] | undefined;
  #lost = 0;
  #readAt = 0;
  #end = 0;
  #lookups = 0;

  /** @param most operations that it holds; it is full then */
  constructor(most: number = MAX_OPERATIONS) {
    this.#most = most;
  }

  /** Where it is, for the next question. */
  get soFar(): Pick<Requests["record"], "begun" | "from"> {
    return { begun: this.#begun, from: this.#lost + this.#keys.length };
  }

  get operations(): number {
    return this.#keys.length;
  }

  get lookups(): number {
    return this.#lookups;
  }

  /** Operations that came before its first, and are not there any more. */
  get lost(): number {
    return this.#lost;
  }

  get isFull(): boolean {
    return this.#keys.length >= this.#most;
  }

  /**
   * Adds a part. What came before a gap, or before the record began anew, is dropped: a record has no holes.
   * @returns whether the page has more
   */
  add(part: RecordPart): boolean {
    if (part.head) this.#begin(part.begun, part.head);
    if (part.from > this.soFar.from) this.#drop(part.from);
    const { operations } = part;
    this.#operations.push(operations);
    this.#lookups += operations.replaceAll(/[^hmf]/gi, "").length;
    this.#keys.push(...part.keys);
    this.#times.push(...part.times);
    this.#ttls = longer(this.#ttls, part.ttls, this.#keys.length, 0);
    this.#weights = longer(this.#weights, part.weights, this.#keys.length, this.#head?.weight ?? 0);
    this.#readAt = part.readAt;
    this.#end = part.end;
    return this.soFar.from < part.count;
  }

  /** The record, as `record(cache).read()` gives it; `undefined` before the first part. */
  record(): AccessRecord | undefined {
    if (!this.#head) return undefined;
    const { entries, weight: _weight, isComplete, ...head } = this.#head;
    return {
      version: 1,
      readAt: this.#readAt,
      ...head,
      isComplete: isComplete && this.#lost === 0,
      lost: this.#lost,
      ...(this.#lost === 0 && { entries }),
      operations: this.#operations.join(""),
      keys: this.#keys,
      times: this.#times,
      ...(this.#ttls && { ttls: this.#ttls }),
      ...(this.#weights && { weights: this.#weights }),
      end: this.#end,
    };
  }

  #begin(begun: number, head: RecordHead): void {
    this.#begun = begun;
    this.#head = head;
    this.#drop(0);
  }

  #drop(lost: number): void {
    this.#lost = lost;
    this.#lookups = 0;
    this.#operations = [];
    this.#keys = [];
    this.#times = [];
    this.#ttls = this.#weights = undefined;
  }
}

/** A column that is there from its first part on. @param length with the part */
function longer(
  column: number[] | undefined,
  part: readonly number[] | undefined,
  length: number,
  usual: number,
): number[] | undefined {
  if (!column && !part) return undefined;
  const all = column ?? [];
  const before = length - (part?.length ?? 0);
  while (all.length < before) all.push(usual);
  if (part) all.push(...part);
  return all;
}

/** Numbers, or letters, of one piece of text. */
const PIECE = 10_000;

/** A record as JSON, in pieces: as one text it may be longer than a text can be. */
export function* recordText(record: AccessRecord): Generator<string, void> {
  const { operations, keys, times, ttls, weights, end, ...head } = record;
  yield `${jsonText(head).slice(0, -1)},"operations":"`;
  for (let at = 0; at < operations.length; at += PIECE) yield operations.slice(at, at + PIECE);
  yield '"';
  for (const [name, column] of Object.entries({ keys, times, ttls, weights })) {
    if (!column) continue;
    yield `,${JSON.stringify(name)}:[`;
    for (let at = 0; at < column.length; at += PIECE) {
      yield `${at === 0 ? "" : ","}${column.slice(at, at + PIECE).join(",")}`;
    }
    yield "]";
  }
  yield `,"end":${JSON.stringify(end)}}\n`;
}
