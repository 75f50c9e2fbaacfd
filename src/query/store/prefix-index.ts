import { hashKey, type QueryKey } from "../key/key.ts";

const COMMA = 44;
const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** Hashes by the text of their first elements, of one number of elements. */
type Level = Map<string, Set<string>>;

/**
 * Which hashes begin with which elements. A hash is text whose elements stand one after the other, so the first of
 * them are the beginning of the text. A first question looks at every hash; from the second one on, the prefixes of
 * that length are kept.
 * ```
 *  ["films",1]   length 1: ["films   length 2: ["films",1
 * ```
 */
export class PrefixIndex {
  #levels = new Map<number, Level>();
  #asked = new Set<number>();

  add(hash: string): void {
    for (const [length, level] of this.#levels) put(level, headOf(hash, length), hash);
  }

  delete(hash: string): void {
    for (const [length, level] of this.#levels) {
      const head = headOf(hash, length);
      const hashes = head === undefined ? undefined : level.get(head);
      if (head !== undefined && hashes?.delete(hash) && hashes.size === 0) level.delete(head);
    }
  }

  /**
   * The hashes of the keys whose leading elements these are.
   * @param prefix an array
   * @param all every known hash
   */
  find(prefix: QueryKey, all: () => readonly string[]): readonly string[] {
    const { length } = prefix;
    if (length === 0) return all();
    const head = hashKey(prefix).slice(0, -1);
    const level = this.#levels.get(length);
    if (level) return [...(level.get(head) ?? [])];
    if (!this.#asked.has(length)) {
      this.#asked.add(length);
      return all().filter(matcherOf(prefix));
    }
    const built: Level = new Map();
    for (const hash of all()) put(built, headOf(hash, length), hash);
    this.#levels.set(length, built);
    return [...(built.get(head) ?? [])];
  }
}

/** Says of a hash whether its key begins with the elements of this one; with `exact`, whether it is this very key. */
export function matcherOf(key: QueryKey | undefined, exact = false): (hash: string) => boolean {
  if (key === undefined) return () => true;
  const hash = hashKey(key);
  // A string key begins only itself.
  if (exact || typeof key === "string") return (other) => other === hash;
  if (key.length === 0) return () => true;
  const head = hash.slice(0, -1);
  return (other) => other.startsWith(head) && endsElement(other, head.length);
}

function put(level: Level, head: string | undefined, hash: string): void {
  if (head === undefined) return;
  const hashes = level.get(head);
  if (hashes) hashes.add(hash);
  else level.set(head, new Set([hash]));
}

function endsElement(hash: string, at: number): boolean {
  const code = hash.charCodeAt(at);
  return code === COMMA || code === CLOSE_BRACKET;
}

/** The text of the first elements of an array, without the bracket that would end it; `undefined` when it has fewer. */
function headOf(hash: string, length: number): string | undefined {
  // A string key begins only itself, and an empty array has no elements.
  if (hash.charCodeAt(0) !== OPEN_BRACKET || hash === "[]") return undefined;
  let left = length;
  let depth = 0;
  for (let at = 1; at < hash.length; at++) {
    const code = hash.charCodeAt(at);
    if (code === QUOTE) at = endOfString(hash, at);
    else if (code === OPEN_BRACKET || code === OPEN_BRACE) depth++;
    else if (depth > 0 && (code === CLOSE_BRACKET || code === CLOSE_BRACE)) depth--;
    else if (depth === 0 && (code === COMMA || code === CLOSE_BRACKET) && --left === 0) return hash.slice(0, at);
  }
  return undefined;
}

/** Where the string that begins at `from` has its last quote. */
function endOfString(hash: string, from: number): number {
  for (let at = from + 1; ; at++) {
    const code = hash.charCodeAt(at);
    if (code === QUOTE) return at;
    if (code === BACKSLASH) at++;
  }
}
