// A table of options: names, checks, messages, defaults and types of a set of options come from it.
// docs/decisions/0032-options-in-tables.md
import { checkKind, checkNames, type Kind, type OptionRow, readOptions } from "../../core/lru/internal.ts";

// The kinds that the engine has too: a table needs one import.
export { FLAG, FUNCTION, type Kind, MS, type OptionRow, WEIGHT } from "../../core/lru/internal.ts";

/** One option whose default is a `V`: its default, its kind, and an example of its value. */
type Row<V> = readonly [standard: V, kind: Kind, example: string];

/**
 * A set of options by name. `R` is the type of the options with their defaults, see {@link Resolved}.
 *
 * A table is plain data, so that a bundler leaves out a table that nothing uses. A kind that a call makes needs
 * `@__PURE__` before the call, unless every app uses its table.
 *
 * @example
 * interface SearchOptions { readonly exact?: boolean | undefined; readonly limit?: number | undefined }
 * const SEARCH: OptionTable<Resolved<SearchOptions, "limit">> = {
 *   exact: [false, FLAG, "true"],
 *   limit: [undefined, WEIGHT, "10"],
 * };
 * const { exact, limit } = resolveOptions("search", SEARCH, options); // boolean, number | undefined
 */
export type OptionTable<R> = { readonly [K in keyof R]: Row<R[K]> };

/** Options `O` with their defaults. `Open` names those whose default is `undefined`. */
export type Resolved<O, Open extends keyof O = never> = {
  readonly [K in keyof O]-?: K extends Open ? O[K] : Exclude<O[K], undefined>;
};

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);
const isFromZero = (value: unknown): boolean => typeof value === "number" && value >= 0;

export const OBJECT: Kind = ["must be an object", isObject];
/** Any value: what the option is for takes care of it. */
export const ANYTHING: Kind = ["", () => true];
export const COUNT: Kind = ["must be a number of 0 or more", isFromZero];
/** Ms from 0 to `Infinity`. */
export const DURATION: Kind = ["must be a number of ms of 0 or more", isFromZero];
export const WALL_TIME: Kind = ["must be a wall time in ms", isFromZero];
export const TEXTS: Kind = [
  "must be an array of strings",
  (value) => Array.isArray(value) && value.every((text) => typeof text === "string"),
];

/** A kind that takes what either of two takes. */
export function either(one: Kind, other: Kind): Kind {
  return [`${one[0]}, or${other[0].slice("must be".length)}`, (value) => one[1](value) || other[1](value)];
}

/** One of these values. */
export function oneOf(...values: readonly unknown[]): Kind {
  const words = values.map((value) => JSON.stringify(value)).join(", ");
  return [`must be ${values.length > 1 ? "one of " : ""}${words}`, (value) => values.includes(value)];
}

/**
 * @param owner whose options they are, for the message
 * @throws MachoError when `given` is no object, MachoOptionError for the first option that does not exist or cannot be used
 */
export function checkOptions(owner: string, table: Readonly<Record<string, OptionRow>>, given: object): void {
  checkNames(owner, given, table);
  for (const [name, value] of Object.entries(given)) {
    const [, kind, example] = table[name]!;
    if (value !== undefined) checkKind(name, value, kind, example);
  }
}

/** Options with their defaults. An option that is `undefined` has its default. @throws like {@link checkOptions} */
export function resolveOptions<R>(owner: string, table: OptionTable<R>, given: object): R {
  // What is not given gets the default of its row.
  return readOptions<object>(owner, given, table) as R;
}
