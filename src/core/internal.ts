// What the rooms above share with the engine, and users do not need.
export { reasonOf } from "./lru/abort.ts";
export { armOn, type Clock, hostClock, type LayerClock, LONGEST_TIMER } from "./lru/clock.ts";
export { describe } from "./lru/errors.ts";
export { guarded } from "./lru/events.ts";
export { check, checkBoolean, checkFunction, checkListener, checkNames, checkSignal, checkTtl } from "./lru/checks.ts";
export { definedOf } from "./lru/defined.ts";
export { hasOwn } from "./lru/own.ts";
export { isUsableCache } from "./lru/mark.ts";
export { resolveOptions } from "./options.ts";
export { SEED } from "./lru/seed.ts";
