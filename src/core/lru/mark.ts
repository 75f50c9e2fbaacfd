// An app may hold two copies of the package, whose classes are not the same.
const MARK = Symbol.for("macho-cache");
/** Counts up when layers of another copy could not use a cache any more. */
const VERSION = 1;

/**
 * Caches of this class say what they are, to layers of any copy of the package, and Node's console shows them as JSON does.
 * Outside of the class, whose static block would be newer than the oldest browsers.
 */
export function markAsCache(prototype: { toJSON: unknown }): void {
  Object.assign(prototype, { [MARK]: VERSION, [Symbol.for("nodejs.util.inspect.custom")]: prototype.toJSON });
}

/** Whether layers of this copy can use it as a cache; `undefined` for something that says nothing. */
export function isUsableCache(value: object): boolean | undefined {
  const version: unknown = (value as Record<symbol, unknown>)[MARK];
  return version === undefined ? undefined : version === VERSION;
}
