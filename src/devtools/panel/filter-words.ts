import type { RemovalCause } from "../../core/index.ts";
import type { EntryRow } from "../entry-source.ts";
import { CAUSES } from "../departures.ts";
import { BYTES_OFF } from "./format.ts";
import { rowPrefix } from "./key-prefix.ts";
import { STATUSES } from "./row-order.ts";

/** What the filter asks for. */
export interface FilterWords {
  /** Each must be in the key or in the value; in lower case. */
  readonly texts: readonly string[];
  readonly tests: readonly Test[];
  /** Only keys that are not there any more. */
  readonly wantsLeft: boolean;
  /** Whether a test needs an estimate of the bytes. */
  readonly isSized: boolean;
  /** What is wrong with a word, and an example of a right one. A wrong word filters nothing. */
  readonly problem: string | undefined;
}

/** @param sizeOf bytes of an entry, about */
type Test = (row: EntryRow, sizeOf: (row: EntryRow) => number) => boolean;

/** Makes a test of what follows the name of a word, or says what it should be. */
type Maker = (value: string, operator: string) => Test | string;

/** Examples of the words, in the order in which they are told; each has its own test. */
export const WORD_EXAMPLES: readonly (readonly [example: string, meaning: string])[] = [
  ['film "the end"', "both in the key or in the value"],
  ["status:error", "fresh, stale, fetching, error, pending, stored, left"],
  ["ttl<10s", "time left, in ms, s, m or h"],
  ["size>4kB", "about so many bytes, in B, kB or MB"],
  ["read:0", "reads since it came; also read>10"],
  ["left:evicted", `keys that left; ${CAUSES.slice(1).join(", ")}, any`],
  ["tag:film", "queries with this tag"],
  ["prefix:film:", "keys of one group"],
];

/** A name and its operator, if any, and then a text in quotes, of which the last may be open, or one without spaces. */
const WORD = /(?:(\w+)([:<>]=?))?(?:(["'])((?:\\.|(?!\3)[^\\])*)(?:\3|\\?$)|(\S*))/g;

const UNITS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  min: 60_000,
  h: 3_600_000,
  b: 1,
  kb: 1_000,
  mb: 1_000_000,
};

const MAKERS: Readonly<Record<string, Maker>> = {
  status: (value) => {
    const word = value.toLowerCase();
    const status = STATUSES.find((each) => each === (word === "loading" ? "fetching" : word));
    return status ? (row) => row.status === status : "there is no such status";
  },
  ttl: measure(/^(?:ms|s|m|min|h)$/, "a time has a unit: ms, s, m or h", ({ ttlLeft }) => ttlLeft),
  size: measure(/^(?:b|kb|mb)$/, "a size has a unit: B, kB or MB", (row, sizeOf) => sizeOf(row)),
  read: measure(/^$/, "reads are a number", ({ reads }) => reads),
  left: (value) => {
    const cause = value.toLowerCase();
    const isCause = CAUSES.includes(cause as RemovalCause);
    if (!isCause && cause !== "any") return "there is no such cause";
    return ({ departure }) => departure !== undefined && (!isCause || departure.cause === cause);
  },
  tag: (value) => {
    const wanted = value.toLowerCase();
    if (wanted === "") return "a tag has a name";
    return ({ tags }) => tags?.some((tag) => tag.toLowerCase() === wanted) ?? false;
  },
  prefix: (value) => (row) => rowPrefix(row) === value,
};

/** A test that compares a number with a unit. */
function measure(unit: RegExp, remedy: string, read: (...given: Parameters<Test>) => number | undefined): Maker {
  return (text, operator) => {
    const [, digits, name = ""] = /^(\d+(?:\.\d+)?)([a-z]*)$/.exec(text.toLowerCase()) ?? [];
    if (digits === undefined || !unit.test(name)) return remedy;
    const wanted = Number(digits) * (UNITS[name] ?? 1);
    return (row, sizeOf) => {
      const found = read(row, sizeOf);
      if (found === undefined) return false;
      if (found === wanted) return operator !== "<" && operator !== ">";
      return operator[0] === (found < wanted ? "<" : ">");
    };
  };
}

/**
 * The words of a filter. Text that is no word of it is looked for as it stands.
 * @param canSize whether bytes are estimated
 */
export function parseWords(filter: string, canSize: boolean = true): FilterWords {
  const texts: string[] = [];
  const tests: Test[] = [];
  const names = new Set<string>();
  let problem: string | undefined;
  for (const [whole, name = "", operator = "", quote, quoted, plain = ""] of filter.matchAll(WORD)) {
    const value = quote ? (quoted ?? "").replace(/\\(.)/g, "$1") : plain;
    const word = name.toLowerCase();
    const test = whole === "" ? undefined : testOf(word, operator, value);
    if (word === "size" && operator !== "" && !canSize) problem ??= `${whole}: ${BYTES_OFF}`;
    else if (typeof test === "string") problem ??= `${whole}: ${test}. Example: ${exampleOf(word)}`;
    else if (test) tests.push(test);
    else if (whole !== "") texts.push((name + operator + value).toLowerCase());
    if (tests.includes(test as Test)) names.add(word === "status" && value.toLowerCase() === "left" ? "left" : word);
  }
  return { texts, tests, wantsLeft: names.has("left"), isSized: names.has("size"), problem };
}

/** `undefined` for a text. */
function testOf(name: string, operator: string, value: string): Test | string | undefined {
  // By its own names: "constructor" is a text.
  const [, make] = Object.entries(MAKERS).find(([each]) => each === name) ?? [];
  if (make && operator !== "") return make(value, operator);
  // A key may have a colon. What is compared with a number is meant as a word.
  return operator !== "" && operator !== ":" && /^\d/.test(value) ? "only ttl, size and read are compared" : undefined;
}

function exampleOf(name: string): string {
  const [example] = WORD_EXAMPLES.find(([each]) => each.startsWith(name)) ?? ["ttl<10s"];
  return example;
}
