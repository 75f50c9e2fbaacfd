import { describe, MachoError, MachoOptionError } from "./errors.ts";
import { hasOwn } from "./own.ts";

/** What a value must be: in words, as a test, and an example, as somebody would write it. */
export type Kind = readonly [what: string, isGood: (value: unknown) => boolean, example: string];

/**
 * One option: its kind, its default, and an example that says more than that of its kind. Without a kind, what the option
 * is for takes care of it.
 */
export type OptionRow<V = unknown> = undefined extends V
  ? readonly [kind?: Kind | undefined, standard?: V, example?: string]
  : readonly [kind: Kind | undefined, standard: V, example?: string];

/**
 * A set of options by name, from which their names, defaults, checks and messages come. `R` is the type of the options
 * with their defaults. A table is plain data, so that a bundler leaves out a table that nothing uses. A kind that a call
 * makes needs `@__PURE__` before the call, unless every app uses its table.
 */
export type OptionTable<R> = { readonly [K in keyof R]: OptionRow<R[K]> };

type AnyTable = Readonly<Record<string, OptionRow>>;

export const MS: Kind = ["a number of ms above 0, or Infinity", (ms) => typeof ms === "number" && ms > 0, "60_000"];
export const FLAG: Kind = ["true or false", (flag) => typeof flag === "boolean", "true"];
export const FUNCTION: Kind = ["a function", (run) => typeof run === "function", "() => { ... }"];
export const WEIGHT: Kind = ["an integer of 0 or more", (it) => Number.isSafeInteger(it) && (it as number) >= 0, "1"];

/** An integer from 1 to `most`. @param bound names what that is */
export function countTo(most: number = Infinity, bound?: string, example = "1"): Kind {
  const range = most < Infinity ? `from 1 to ${bound ? `${bound} (${most})` : most}` : "of 1 or more";
  return [
    `an integer ${range}`,
    (count) => Number.isInteger(count) && (count as number) >= 1 && (count as number) <= most,
    example,
  ];
}

/** @throws MachoOptionError: `must` is the rest of a sentence that begins with the option's name; `example`, what to pass */
export function fail(option: string, must: string, got: unknown, example: string): never {
  throw new MachoOptionError(option, must, got, `Pass { ${example} }.`);
}

/** @throws MachoOptionError unless `isGood`; `example` is what to pass */
export function check(isGood: boolean, option: string, must: string, got: unknown, example: string): void {
  if (!isGood) fail(option, must, got, example);
}

/** @throws MachoOptionError unless it is of this kind; `example` is a value to pass */
export function checkKind(option: string, value: unknown, [what, isGood, usual]: Kind, example: string = usual): void {
  if (!isGood(value)) fail(option, `must be ${what}`, value, `${option}: ${example}`);
}

/**
 * @param owner whose options they are, for the message
 * @param known the names that exist
 * @param more a sentence about where others may be
 * @throws MachoError when `options` is no object, MachoOptionError for a name that does not exist
 */
export function checkNames(owner: string, options: unknown, known: object, more = ""): void {
  const got = describe(options);
  const isObject = got === "an object";
  const wrong = isObject && Object.keys(options as object).find((name) => !hasOwn(known, name));
  if (isObject && wrong === undefined) return;
  const remedy = `Known options: ${Object.keys(known).join(", ")}.${more}`;
  if (typeof wrong === "string") {
    throw new MachoOptionError(wrong, `is not an option of ${owner}`, (options as AnyTable)[wrong], remedy);
  }
  throw new MachoError("invalid-argument", `The options of ${owner} must be an object, got ${got}. ${remedy}`);
}

/**
 * @param owner whose options they are, for the message
 * @param more a sentence about where other options may be
 * @throws MachoError when `given` is no object, MachoOptionError for the first option that does not exist or cannot be used
 */
export function checkOptions(owner: string, table: AnyTable, given: object, more?: string): void {
  checkNames(owner, given, table, more);
  const options = given as Readonly<Record<string, unknown>>;
  for (const name of Object.keys(options)) {
    const [kind, , example] = table[name]!;
    if (kind && options[name] !== undefined) checkKind(name, options[name], kind, example);
  }
}

/** What stands for options that nobody gives. It has every name of the table, so that all options have one shape. */
export function standardsOf<R>(table: OptionTable<R>): R {
  const all: Record<string, unknown> = {};
  for (const [name, row] of Object.entries<OptionRow>(table)) all[name] = row[1];
  return all as R;
}

/**
 * Options over their defaults, each checked by its row. An option that is `undefined` has its default. What comes with a
 * prototype is neither checked nor taken.
 * @param standards what `standardsOf` the table gave: faster, where it is kept
 * @throws like {@link checkOptions}
 */
export function resolveOptions<R>(
  owner: string,
  table: OptionTable<R>,
  given: object,
  standards: R = standardsOf(table),
  more?: string,
): R {
  checkOptions(owner, table, given, more);
  const all = { ...standards } as Record<string, unknown>;
  for (const [name, value] of Object.entries(given)) if (value !== undefined) all[name] = value;
  return all as R;
}

/** @throws MachoError unless it is a function */
export function checkListener(listener: unknown, method = "subscribe", parameters = "event"): void {
  if (typeof listener === "function") return;
  const message = `${method} needs a function, got ${describe(listener)}. Pass (${parameters}) => { ... }.`;
  throw new MachoError("invalid-argument", message);
}
