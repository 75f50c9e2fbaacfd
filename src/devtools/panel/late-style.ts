// The rules of all that is no part of the first page: one chunk, in which what comes again compresses.
import { DETAIL_STYLE } from "./style-detail.ts";
import { DISTRIBUTION_STYLE } from "./style-distribution.ts";
import { ENTRIES_STYLE } from "./style-entries.ts";
import { GENERAL_STYLE } from "./style-general.ts";
import { LIVES_STYLE } from "./style-lives.ts";
import { LOADS_STYLE } from "./style-loads.ts";
import { MEMORY_STYLE } from "./style-memory.ts";
import { SETTINGS_STYLE } from "./style-settings.ts";
import { STATISTICS_STYLE } from "./style-statistics.ts";
import { TOOLS_STYLE } from "./style-tools.ts";

export const LATE_STYLE: string = [
  TOOLS_STYLE,
  STATISTICS_STYLE,
  GENERAL_STYLE,
  DISTRIBUTION_STYLE,
  LIVES_STYLE,
  MEMORY_STYLE,
  ENTRIES_STYLE,
  DETAIL_STYLE,
  LOADS_STYLE,
  SETTINGS_STYLE,
].join("");
