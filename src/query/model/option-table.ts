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
  WEIGHT,
} from "../../core/lru/internal.ts";

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
