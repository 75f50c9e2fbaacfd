// What the rooms above share with the engine, and users do not need.
export { checkOptions, FLAG, type Kind, type OptionTable } from "./lru/checks.ts";
export { describe } from "./lru/errors.ts";
export { SEED } from "./lru/seed.ts";
export type { Recorder } from "./lru/store-setup.ts";
export { type Deadlines, expireNow, renewTtl } from "./deadlines.ts";
export { addRecorder } from "./recorders.ts";
