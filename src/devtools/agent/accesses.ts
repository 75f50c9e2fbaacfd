import type { DevtoolsTarget } from "../source.ts";
import { leaseRecord } from "./record-lease.ts";
import { nextPart, type ReadSoFar, type SentPart } from "./record-parts.ts";
import { recordableOf } from "./recordable.ts";
import { Refusal } from "./refusal.ts";

export type AccessesRequest = ReadSoFar;

export interface AccessesAnswer {
  /** Whether the record begins with this question. */
  readonly isNew: boolean;
  /** Wall time in ms at which the record began. */
  readonly since: number;
  readonly part: SentPart;
}

/** What is recorded of a cache, from its oldest operation that is still there. Begins a record where there is none. */
export async function accesses(target: DevtoolsTarget, request: AccessesRequest): Promise<AccessesAnswer> {
  recordableOf(target);
  const { recording, isNew } = await leaseRecord(target);
  if (!recording.accesses || recording.since === undefined) {
    throw new Refusal("The code that records could not be loaded. The console of the page says why.");
  }
  return { isNew, since: recording.since, part: nextPart(recording.accesses, request) };
}
