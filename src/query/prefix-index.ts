import { hashKey, type QueryKey } from "./key.ts";

interface Branch {
  /** By the text of the next element. */
  readonly branches: Map<string, Branch>;
  /** Hashes of the keys that end here: one, or a string key and an array of that one string. */
  readonly hashes: Set<string>;
}

/**
 * Which hashes begin with which elements: a tree, one level for each element of a key.
 * ```
 *  films - 1 - [end]        ["films", 1]
 *        - 2 - actors       ["films", 2, "actors"]
 * ```
 */
export class PrefixIndex {
  #root: Branch = newBranch();
  #keys = new Map<string, QueryKey>();

  get size(): number {
    return this.#keys.size;
  }

  add(key: QueryKey, hash: string): void {
    if (this.#keys.has(hash)) return;
    this.#keys.set(hash, key);
    let branch = this.#root;
    for (const step of stepsOf(key)) {
      let next = branch.branches.get(step);
      if (!next) branch.branches.set(step, (next = newBranch()));
      branch = next;
    }
    branch.hashes.add(hash);
  }

  delete(hash: string): void {
    const key = this.#keys.get(hash);
    if (key === undefined) return;
    this.#keys.delete(hash);
    prune(this.#root, stepsOf(key), 0, hash);
  }

  /** Hashes of the keys whose leading elements these are; a string only begins itself. */
  find(prefix: QueryKey): string[] {
    let branch: Branch | undefined = this.#root;
    for (const step of stepsOf(prefix)) branch = branch?.branches.get(step);
    const found: string[] = [];
    if (branch) collect(branch, found);
    return found;
  }
}

function newBranch(): Branch {
  return { branches: new Map(), hashes: new Set() };
}

function stepsOf(key: QueryKey): string[] {
  // A string key is no array of one: its step cannot be an element's.
  if (typeof key === "string") return [`string ${key}`];
  return Array.from(key, (element) => hashKey([element]));
}

function collect(branch: Branch, found: string[]): void {
  found.push(...branch.hashes);
  for (const next of branch.branches.values()) collect(next, found);
}

/** Takes the hash out, and branches that are empty then. */
function prune(branch: Branch, steps: readonly string[], depth: number, hash: string): void {
  const step = steps[depth];
  const next = step === undefined ? undefined : branch.branches.get(step);
  if (step === undefined) branch.hashes.delete(hash);
  if (step === undefined || !next) return;
  prune(next, steps, depth + 1, hash);
  if (next.hashes.size === 0 && next.branches.size === 0) branch.branches.delete(step);
}
