import type { DevtoolsTarget } from "../source.ts";
import { entry } from "./entry.ts";
import { keys } from "./keys.ts";
import { piece } from "./pieces.ts";
import type { Answers, Operation, Requests } from "./protocol.ts";
import { change } from "./change.ts";
import { accesses } from "./accesses.ts";
import { exportEntries } from "./export.ts";
import { record } from "./record.ts";
import { remedy } from "./remedy.ts";
import { summary } from "./summary.ts";
import { top } from "./top.ts";
import { watch } from "./watch.ts";
import { why } from "./why.ts";

type Table = {
  readonly [O in Operation]: (target: DevtoolsTarget, request: Requests[O]) => Answers[O] | Promise<Answers[O]>;
};

/** What a tool may ask for, by name. Looking changes nothing: no counter, order, timer or render. */
export const OPERATIONS: Table = {
  entry,
  keys,
  piece,
  summary,
  change,
  top,
  watch,
  why,
  record,
  accesses,
  remedy,
  export: exportEntries,
};
