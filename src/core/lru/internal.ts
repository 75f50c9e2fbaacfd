// What the rooms above share with the small core, and users do not need.
export { reasonOf } from "./abort.ts";
export {
  check,
  checkKind,
  checkListener,
  checkNames,
  checkOptions,
  countTo,
  fail,
  FLAG,
  FUNCTION,
  type Kind,
  MS,
  type OptionRow,
  type OptionTable,
  resolveOptions,
  standardsOf,
  WEIGHT,
} from "./checks.ts";
export { hostClock, type LayerClock, LONGEST_TIMER, Ticker } from "./clock.ts";
export { definedOf } from "./defined.ts";
export { describe, disposedError } from "./errors.ts";
export { guarded } from "./events.ts";
export { flightsOf } from "./flight.ts";
export { isUsableCache } from "./mark.ts";
export { hasOwn } from "./own.ts";
