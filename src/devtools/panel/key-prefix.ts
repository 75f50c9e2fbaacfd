import type { EntryRow } from "../entry-source.ts";
import { keyLabel } from "../source.ts";

/** The group of texts without a beginning that others could share. */
export const NO_PREFIX = "no prefix";

const OBJECTS = "objects";
/** The kinds of keys that are no text. */
const KINDS: Readonly<Record<string, string>> = {
  number: "numbers",
  bigint: "numbers",
  symbol: "symbols",
  function: "functions",
};
/** The first element of an array, as text: a string, or what is no syntax. */
const FIRST = /^\[("(?:[^"\\]|\\.)*"|[^"[\]{}(),]*)(.?)/s;
/** The origin of a URL, or what comes before the first separator, and that. */
const BEGINNING = /^(?:[a-z][a-z+.-]*:\/\/[^/]*\/?|[:/.|_#?\s-]*[^:/.|_#?\s-]+[:/.|_#?\s-])/i;
/** A number, or some digits of a hash: nothing that another key begins with as well. */
const ID = /^\W*(?:[\d_]+|(?=.*\d)[\da-f]{6,})\W$/i;
/** Characters of a beginning. What is longer is cut, so that no label is a whole page. */
const MAX_PREFIX = 60;

/**
 * The group of a key: of an array its first element, as `["film", …]`, of a text what comes before its first separator,
 * and that, as `film:`. All numbers are one group, and so are all objects, and texts without such a beginning.
 */
export function prefixOf(key: unknown): string {
  if (typeof key === "string") return prefixOfText(key);
  const label = keyLabel(key);
  // By its text: even to ask whether it is an array, a revoked proxy throws.
  if (typeof key === "object" && key !== null) return label.startsWith("[") ? prefixOfText(label) : OBJECTS;
  return KINDS[typeof key] ?? label;
}

/** The prefix of the key of a row. The id of a query is its hash, which has a label of its own. */
export function rowPrefix({ id, label }: Pick<EntryRow, "id" | "label">): string {
  return prefixOf(typeof id === "string" ? label : id);
}

function prefixOfText(text: string): string {
  // An object that has left is known by its text alone.
  if (text.startsWith("{") || text.startsWith("[object ")) return OBJECTS;
  if (text.startsWith("[")) return prefixOfArray(text);
  // The hash of a query whose key is a string.
  const plain = text.startsWith('"') ? text.slice(1) : text;
  const beginning = BEGINNING.exec(plain)?.[0] ?? "";
  return beginning === "" || ID.test(beginning) ? NO_PREFIX : beginning.slice(0, MAX_PREFIX);
}

function prefixOfArray(text: string): string {
  const [, first = "", next] = FIRST.exec(text) ?? [];
  // Another kind than a word: an object, an array, a Date.
  if (next !== "," && next !== "]") return "[{…}, …]";
  if (first === "") return "[]";
  return `[${/^-?[\d.]/.test(first) ? "number" : first.slice(0, MAX_PREFIX)}, …]`;
}

/** The words of the filter of Entries that show one group. */
export function filterOfPrefix(prefix: string): string {
  return `prefix:'${prefix.replace(/['\\]/g, "\\$&")}'`;
}
