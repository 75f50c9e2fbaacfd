import { HELD_OUT_ANSWERS } from "./held-out-answers.ts";
import { HELD_OUT_CAPACITY } from "./held-out-capacity.ts";
import { HELD_OUT_LIFETIMES } from "./held-out-lifetimes.ts";
import { HELD_OUT_PHASES } from "./held-out-phases.ts";
import { HELD_OUT_POLICIES } from "./held-out-policies.ts";
import { HELD_OUT_RECORDS } from "./held-out-records.ts";
import { HELD_OUT_TRACES } from "./held-out-traces.ts";
import type { Load } from "./load.ts";

/** The half that no threshold was chosen by: looked at only when they stand. */
export const HELD_OUT: readonly Load[] = [
  ...HELD_OUT_CAPACITY,
  ...HELD_OUT_POLICIES,
  ...HELD_OUT_LIFETIMES,
  ...HELD_OUT_ANSWERS,
  ...HELD_OUT_RECORDS,
  ...HELD_OUT_PHASES,
  ...HELD_OUT_TRACES,
];
