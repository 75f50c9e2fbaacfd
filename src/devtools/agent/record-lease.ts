import { hostClock } from "../../core/lru/clock.ts";
import { record, type Recording, recordingOf } from "../recording.ts";
import type { DevtoolsTarget } from "../source.ts";

/** Ms for which a record goes on that a tool began, from its last question on. */
export const LEASE = 600_000;

/** Runs something later, and gives the undo. It must not keep a process alive. */
export type Schedule = (run: () => void, ms: number) => () => void;

/** A record that a tool began. It does not hold its target. */
interface Lease {
  readonly stop: () => void;
  cancel: () => void;
  hasEnded: boolean;
}

/** What is known of a target, for a tool that wants its past. */
export interface LeasedRecord {
  readonly recording: Recording;
  /** Whether it begins now, so that nothing is known yet. */
  readonly isNew: boolean;
}

const leases = new WeakMap<DevtoolsTarget, Lease>();

// docs/decisions/0054-a-record-that-a-question-begins.md
/**
 * Records a target for a tool that asks about its past, unless somebody does already. What the tool began ends ten minutes
 * after it was asked for last, and keeps neither the process nor the target alive.
 */
export async function leaseRecord(
  target: DevtoolsTarget,
  schedule: Schedule = hostClock.schedule,
): Promise<LeasedRecord> {
  const recording = recordingOf(target);
  const lease = leases.get(target);
  const isNew = recording.since === undefined;
  if (lease && !lease.hasEnded) renew(lease, schedule);
  else if (isNew)
    leases.set(target, renew({ stop: record(target), cancel: () => undefined, hasEnded: false }, schedule));
  // The code that records is loaded apart.
  await recording.ready;
  return { recording, isNew };
}

function renew(lease: Lease, schedule: Schedule): Lease {
  lease.cancel();
  lease.cancel = schedule(() => {
    lease.hasEnded = true;
    lease.stop();
  }, LEASE);
  return lease;
}
