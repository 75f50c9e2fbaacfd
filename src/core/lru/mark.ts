// An app may hold two copies of the package, whose classes are not the same.
const MARK = Symbol.for("macho-cache");
/** Counts up when layers of another copy could not use a cache any more. */
const VERSION = 1;

/** Caches of this class say what they are, to layers of any copy of the package. */
export function markAsCache(prototype: object): void {
  Object.defineProperty(prototype, MARK, { value: VERSION });
}

/** Whether layers of this copy can use it as a cache; `undefined` for something that says nothing. */
export function isUsableCache(value: object): boolean | undefined {
  const version: unknown = (value as Record<symbol, unknown>)[MARK];
  return version === undefined ? undefined : version === VERSION;
}
