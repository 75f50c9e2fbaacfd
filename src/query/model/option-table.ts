// A table of options: names, checks, messages, defaults and types of a set of options come from it.
// docs/decisions/0032-options-in-tables.md
import type { Kind } from "../../core/lru/internal.ts";

// What the engine has too: a table needs one import.
export {
  checkOptions,
  FLAG,
  FUNCTION,
  type Kind,
  MS,
  type OptionRow,
  type OptionTable,
  resolveOptions,
  standardsOf,
  WEIGHT,
} from "../../core/lru/internal.ts";

/** Options `O` with their defaults. `Open` names those whose default is `undefined`. */
export type Resolved<O, Open extends keyof O = never> = {
  readonly [K in keyof O]-?: K extends Open ? O[K] : Exclude<O[K], undefined>;
};

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): boolean => typeof value === "string";
const isFromZero = (value: unknown): boolean => typeof value === "number" && value >= 0;

export const OBJECT: Kind = ["an object", isObject, "{}"];
export const COUNT: Kind = ["a number of 0 or more", isFromZero, "3"];
/** Ms from 0 to `Infinity`. */
export const DURATION: Kind = ["a number of ms of 0 or more", isFromZero, "60_000"];
export const WALL_TIME: Kind = ["a wall time in ms", isFromZero, "Date.now()"];
export const TEXT: Kind = ["a string", isText, '"cart"'];
export const TEXTS: Kind = ["an array of strings", (value) => Array.isArray(value) && value.every(isText), '["films"]'];

/** A kind that takes what either of two takes. */
export function either(one: Kind, other: Kind): Kind {
  return [`${one[0]}, or ${other[0]}`, (value) => one[1](value) || other[1](value), one[2]];
}

/** One of these values, of which the last is the example. */
export function oneOf(...values: readonly unknown[]): Kind {
  const words = values.map((value) => JSON.stringify(value));
  return [words.join(" or "), (value) => values.includes(value), words.pop()!];
}
