import { describe, MachoError, MachoOptionError } from "./errors.ts";
import { hasOwn } from "./own.ts";

/** A kind of option: what its value must be, in words and as a test. */
export type Kind = readonly [must: string, isGood: (value: unknown) => boolean];

/** An option in a table: its default, its kind, and an example of its value. */
export type OptionRow = readonly [standard: unknown, kind: Kind, example: string];

/** A table of options: their names, defaults, checks and messages come from it. */
export type OptionTable = Readonly<Record<string, OptionRow>>;

export const MS: Kind = ["must be a number of ms above 0, or Infinity", (ms) => typeof ms === "number" && ms > 0];
export const FLAG: Kind = ["must be true or false", (flag) => typeof flag === "boolean"];
export const FUNCTION: Kind = ["must be a function", (run) => typeof run === "function"];
export const WEIGHT: Kind = ["must be an integer of 0 or more", isWeight];
export const SHARE: Kind = [
  "must be a number above 0 and below 1",
  (share) => typeof share === "number" && share > 0 && share < 1,
];

/** An integer from 1 to `most`. @param bound names what that is */
export function countTo(most: number = Infinity, bound?: string): Kind {
  const range = most < Infinity ? `from 1 to ${bound ? `${bound} (${most})` : most}` : "of 1 or more";
  const isGood = (count: unknown): boolean =>
    Number.isInteger(count) && (count as number) >= 1 && (count as number) <= most;
  return [`must be an integer ${range}`, isGood];
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
export function checkKind(option: string, value: unknown, [must, isGood]: Kind, example: string): void {
  if (!isGood(value)) fail(option, must, value, `${option}: ${example}`);
}

/**
 * The options with their defaults, each checked by its row.
 * @param owner whose options they are, for the message
 * @throws MachoError when `given` is no object, MachoOptionError for the first option that does not exist or cannot be used
 */
export function readOptions<T>(
  owner: string,
  given: T,
  table: { readonly [K in keyof T]-?: OptionRow },
  more?: string,
): T {
  checkNames(owner, given, table, more);
  // Own properties only, as names are checked: what a prototype brings is neither checked nor taken.
  const own = { ...given };
  for (const name in table) {
    const [standard, kind, example] = table[name];
    // What is `undefined` means the default.
    if (own[name] === undefined) own[name] = standard as (typeof own)[typeof name];
    else checkKind(name, own[name], kind, example);
  }
  return own;
}

/** @throws MachoOptionError unless it is a number of ms above 0, or `Infinity` */
export function checkTtl(ttl: unknown): asserts ttl is number {
  checkKind("ttl", ttl, MS, "60_000");
}

/** @throws MachoOptionError unless it is a number above 0 and below 1 */
export function checkShare(option: string, share: unknown, example: string): void {
  checkKind(option, share, SHARE, example);
}

/** @throws MachoOptionError unless it is an AbortSignal or `undefined` */
export function checkSignal(signal: unknown): void {
  // By shape: a signal may come from another frame.
  const isGood = signal === undefined || typeof (signal as AbortSignal | null)?.aborted === "boolean";
  check(isGood, "signal", "must be an AbortSignal", signal, "signal: controller.signal");
}

/**
 * @param owner whose options they are, for the message
 * @param known the names that exist
 * @param more a sentence about where others may be
 * @throws MachoError when `options` is no object, MachoOptionError for a name that does not exist
 */
export function checkNames(owner: string, options: unknown, known: object, more = ""): void {
  // Made only where something is wrong: hooks check their options while they render.
  const remedy = (): string => `Known options: ${Object.keys(known).join(", ")}.${more}`;
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const message = `The options of ${owner} must be an object, got ${describe(options)}. ${remedy()}`;
    throw new MachoError("invalid-argument", message);
  }
  for (const [name, got] of Object.entries(options)) {
    if (!hasOwn(known, name)) throw new MachoOptionError(name, `is not an option of ${owner}`, got, remedy());
  }
}

/** @throws MachoError unless it is a function */
export function checkListener(listener: unknown, method = "subscribe", parameters = "event"): void {
  if (typeof listener === "function") return;
  const message = `${method} needs a function, got ${describe(listener)}. Pass (${parameters}) => { ... }.`;
  throw new MachoError("invalid-argument", message);
}

/** @throws MachoOptionError unless it is a boolean */
export function checkBoolean(option: string, value: unknown): void {
  checkKind(option, value, FLAG, "true");
}

/** @throws MachoOptionError unless it is a function or `undefined`; `example` is what to pass */
export function checkFunction(option: string, value: unknown, example: string): void {
  check(value === undefined || FUNCTION[1](value), option, FUNCTION[0], value, example);
}

export function isWeight(weight: unknown): weight is number {
  return Number.isSafeInteger(weight) && (weight as number) >= 0;
}
