// What the rooms above share with the engine, and users do not need.
export { reasonOf } from "./abort.ts";
export { armOn, type Clock, hostClock, type LayerClock, LONGEST_TIMER } from "./clock.ts";
export { describe } from "./errors.ts";
export { guarded } from "./events.ts";
export { check, checkBoolean, checkFunction, checkListener, checkNames, checkSignal, checkTtl } from "./checks.ts";
export { definedOf } from "./defined.ts";
export { hasOwn } from "./own.ts";
export { isUsableCache } from "./mark.ts";
export { resolveOptions } from "./options.ts";
export { SEED } from "./seed.ts";
