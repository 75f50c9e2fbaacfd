import { hashKey, type QueryKey } from "../key/key.ts";

/**
 * Which hashes have which tags, and begin with which elements: for each token, the set of hashes that have it. A hash is
 * text whose elements stand one after the other, so the first of them are the beginning of the text. A first question
 * for some number of elements looks at every hash; from then on, the prefixes of that length are kept.
 * ```
 *  ["films",1]   length 1: ["films   length 2: ["films",1   tag: #new
 * ```
 */
export class KeyIndex {
  #hashes = new Map<string, Set<string>>();
  /** Numbers of elements that somebody asked for. */
  #lengths = new Set<number>();

  /** Tokens that some hash has. */
  get size(): number {
    return this.#hashes.size;
  }

  /** @param tags beside these, its prefixes are not looked at */
  add(hash: string, tags?: readonly string[]): void {
    for (const token of this.#tokensOf(hash, tags)) this.#put(token, hash);
  }

  delete(hash: string, tags?: readonly string[]): void {
    for (const token of this.#tokensOf(hash, tags)) {
      const hashes = this.#hashes.get(token);
      if (hashes?.delete(hash) && hashes.size === 0) this.#hashes.delete(token);
    }
  }

  /** The hashes that have one of the tags at least. */
  withTags(tags: readonly string[]): readonly string[] {
    return [...new Set(tags.flatMap((tag) => this.#find(`#${tag}`)))];
  }

  /**
   * The hashes of the keys whose leading elements these are.
   * @param prefix an array with an element at least
   * @param all every known hash
   */
  startingWith(prefix: QueryKey, all: () => readonly string[]): readonly string[] {
    const { length } = prefix;
    if (!this.#lengths.has(length)) {
      this.#lengths.add(length);
      for (const hash of all()) this.#put(headOf(hash, length), hash);
    }
    return this.#find(hashKey(prefix).slice(0, -1));
  }

  #find(token: string): readonly string[] {
    return [...(this.#hashes.get(token) ?? [])];
  }

  #tokensOf(hash: string, tags: readonly string[] | undefined): readonly string[] {
    return tags ? tags.map((tag) => `#${tag}`) : Array.from(this.#lengths, (length) => headOf(hash, length));
  }

  #put(token: string, hash: string): void {
    // The key has fewer elements.
    if (token === "") return;
    const hashes = this.#hashes.get(token);
    if (hashes) hashes.add(hash);
    else this.#hashes.set(token, new Set([hash]));
  }
}

/** Says of a hash whether its key begins with the elements of this one; with `exact`, whether it is this very key. */
export function matcherOf(key: QueryKey | undefined, exact = false): (hash: string) => boolean {
  if (key === undefined) return () => true;
  const hash = hashKey(key);
  // A string key begins only itself.
  if (exact || typeof key === "string") return (other) => other === hash;
  const head = hash.slice(0, -1);
  return (other) => key.length === 0 || (other.startsWith(head) && headOf(other, key.length) === head);
}

/** The text of the first elements of an array, without the bracket that would end it; empty when it has fewer. */
function headOf(hash: string, length: number): string {
  // A string key begins only itself, and an empty array has no elements.
  if (hash[0] !== "[" || hash === "[]") return "";
  let left = length;
  let depth = 0;
  let isText = false;
  for (let at = 1; at < hash.length; at++) {
    const char = hash[at]!;
    if (char === '"') isText = !isText;
    else if (isText) at += Number(char === "\\");
    else if (char === "[" || char === "{") depth++;
    else if (depth > 0 && (char === "]" || char === "}")) depth--;
    else if (depth === 0 && (char === "," || char === "]") && --left === 0) return hash.slice(0, at);
  }
  return "";
}
