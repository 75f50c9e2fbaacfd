// A table of options: names, checks, messages, defaults and types of a set of options come from it.
import { check, checkNames, definedOf, hasOwn } from "../../core/internal.ts";

/** What a value must be: the words that follow the option's name in a message, and the test. */
export type Kind = readonly [must: string, isGood: (value: unknown) => boolean];

/** One option: its default, its kind, and an example of its value, as somebody would write it. */
export type OptionRow<V = unknown> = readonly [standard: V, kind: Kind, example: string];

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
export type OptionTable<R> = { readonly [K in keyof R]: OptionRow<R[K]> };

/** Options `O` with their defaults. `Open` names those whose default is `undefined`. */
export type Resolved<O, Open extends keyof O = never> = {
  readonly [K in keyof O]-?: K extends Open ? O[K] : Exclude<O[K], undefined>;
};

type AnyTable = Readonly<Record<string, OptionRow>>;

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);
const isFunction = (value: unknown): boolean => typeof value === "function";
const isFromZero = (value: unknown): boolean => typeof value === "number" && value >= 0;

export const FLAG: Kind = ["must be true or false", (value) => typeof value === "boolean"];
export const FUNCTION: Kind = ["must be a function", isFunction];
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

/** @throws MachoOptionError unless the value is of the option's kind */
export function checkOption(option: string, [, [must, isGood], example]: OptionRow, value: unknown): void {
  if (!isGood(value)) check(false, option, must, value, `${option}: ${example}`);
}

/**
 * @param owner whose options they are, for the message
 * @throws MachoError when `given` is no object, MachoOptionError for the first option that does not exist or cannot be used
 */
export function checkOptions(owner: string, table: AnyTable, given: object): void {
  const options = given as Readonly<Record<string, unknown>>;
  const names = isObject(given) ? Object.keys(given) : [];
  // Checked only where something is wrong, since it makes the sentence first.
  if (!isObject(given) || !names.every((name) => hasOwn(table, name))) checkNames(owner, given, table);
  for (const name of names) if (options[name] !== undefined) checkOption(name, table[name]!, options[name]);
}

/** What stands for options that nobody gives. It has every name of the table, so that all options have one shape. */
export function standardsOf<R>(table: OptionTable<R>): R {
  const rows = Object.entries<OptionRow>(table);
  return Object.fromEntries(rows.map(([name, [standard]]) => [name, standard])) as R;
}

/**
 * Options over their defaults. An option that is `undefined` has its default.
 * @param defaults what stands for what is not given. @defaultValue what the table says
 * @throws like {@link checkOptions}
 */
export function resolveOptions<R>(
  owner: string,
  table: OptionTable<R>,
  given: object,
  defaults: NoInfer<R> = standardsOf(table),
): R {
  checkOptions(owner, table, given);
  return { ...defaults, ...definedOf(given) };
}
