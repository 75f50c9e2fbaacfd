import { TUNING_ANSWERS } from "./tuning-answers.ts";
import { TUNING_CAPACITY } from "./tuning-capacity.ts";
import { TUNING_LIFETIMES } from "./tuning-lifetimes.ts";
import { TUNING_PHASES } from "./tuning-phases.ts";
import { TUNING_POLICIES } from "./tuning-policies.ts";
import { TUNING_RECORDS } from "./tuning-records.ts";
import { TUNING_TRACES } from "./tuning-traces.ts";
import type { Load } from "./load.ts";

/** The half that thresholds may be chosen by. */
export const TUNING: readonly Load[] = [
  ...TUNING_CAPACITY,
  ...TUNING_POLICIES,
  ...TUNING_LIFETIMES,
  ...TUNING_ANSWERS,
  ...TUNING_RECORDS,
  ...TUNING_PHASES,
  ...TUNING_TRACES,
];
