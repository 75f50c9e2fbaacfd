import { hashKey, type QueryKey } from "../key/key.ts";

const NO_TOKENS: readonly string[] = [];

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
      if (hashes?.delete(hash) && !hashes.size) this.#hashes.delete(token);
    }
  }

  /** The hashes that have one of the tags at least; some of them twice. */
  withTags(tags: readonly string[]): readonly string[] {
    return tags.flatMap((tag) => [...this.#find(`#${tag}`)]);
  }

  /**
   * The hashes of the keys whose leading elements these are.
   * @param prefix an array with an element at least
   * @param all every known hash
   */
  startingWith(prefix: QueryKey, all: () => readonly string[]): Iterable<string> {
    const { length } = prefix;
    if (!this.#lengths.has(length)) {
      this.#lengths.add(length);
      for (const hash of all()) this.#put(headOf(hash, length), hash);
    }
    return this.#find(hashKey(prefix).slice(0, -1));
  }

  #put(token: string, hash: string): void {
    const hashes = this.#hashes.get(token);
    if (hashes) hashes.add(hash);
    // A key may have fewer elements.
    else if (token) this.#hashes.set(token, new Set([hash]));
  }

  #find(token: string): Iterable<string> {
    return this.#hashes.get(token) ?? [];
  }

  #tokensOf(hash: string, tags: readonly string[] | undefined): readonly string[] {
    if (tags) return tags.map((tag) => `#${tag}`);
    // Each mount and unmount asks: nothing is made where nobody asked for a prefix.
    return this.#lengths.size ? Array.from(this.#lengths, (length) => headOf(hash, length)) : NO_TOKENS;
  }
}

/** The text of the first elements of an array, without the bracket that would end it; empty when it has fewer. */
function headOf(hash: string, length: number): string {
  let left = length;
  let depth = 0;
  let isText = false;
  for (let at = 0; at < hash.length; at++) {
    const char = hash[at]!;
    if (char === '"') isText = !isText;
    else if (isText) at += Number(char === "\\");
    else if (char === "[" || char === "{") depth++;
    // The head of an empty array is its bracket, which nobody asks for.
    else if (depth === 1 && (char === "," || char === "]") && --left === 0) return hash.slice(0, at);
    else if (char === "]" || char === "}") depth--;
  }
  return "";
}
