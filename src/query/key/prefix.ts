import { hashKey, type QueryKey } from "./key.ts";

/** Says of a hash whether its key begins with the elements of this one; with `exact`, whether it is this very key. */
export function matcherOf(key: QueryKey | undefined, exact = false): (hash: string) => boolean {
  if (key === undefined) return () => true;
  const hash = hashKey(key);
  const head = `${hash.slice(0, -1)},`;
  // A string key begins only itself. The text of one element is never the beginning of another's and a comma.
  const isPrefix = !exact && typeof key !== "string";
  return (other) => other === hash || (isPrefix && (key.length === 0 || other.startsWith(head)));
}
