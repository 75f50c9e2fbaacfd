// What the rooms above share with the small core, and users do not need.
export { reasonOf } from "./abort.ts";
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
  resolveOptions,
  WEIGHT,
} from "./checks.ts";
export { armOn, type Clock, hostClock, type LayerClock, LONGEST_TIMER } from "./clock.ts";
export { definedOf } from "./defined.ts";
export { describe } from "./errors.ts";
export { guarded } from "./events.ts";
export { flightsOf } from "./flight.ts";
export { isUsableCache } from "./mark.ts";
export { type CoreOptions, resolveLruOptions } from "./options.ts";
export { hasOwn } from "./own.ts";
export { SEED } from "./seed.ts";
