// What the rooms above share with the engine, and users do not need.
export { reasonOf } from "./lru/abort.ts";
export {
  check,
  checkBoolean,
  checkFunction,
  checkKind,
  checkListener,
  checkNames,
  checkOption,
  checkOptions,
  checkSignal,
  checkTtl,
  countTo,
  fail,
  FLAG,
  FUNCTION,
  type Kind,
  MS,
  type OptionRow,
  type OptionTable,
  WEIGHT,
} from "./lru/checks.ts";
export { armOn, type Clock, hostClock, type LayerClock, LONGEST_TIMER } from "./lru/clock.ts";
export { definedOf } from "./lru/defined.ts";
export { describe } from "./lru/errors.ts";
export { guarded } from "./lru/events.ts";
export { flightsOf } from "./lru/flight.ts";
export { isUsableCache } from "./lru/mark.ts";
export { type CoreOptions, resolveLruOptions } from "./lru/options.ts";
export { hasOwn } from "./lru/own.ts";
export { SEED } from "./lru/seed.ts";
export { resolveOptions } from "./options.ts";
