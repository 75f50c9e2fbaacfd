import { Cache } from "macho-cache";
import { expect, test } from "vitest";
import { LEASE, leaseRecord } from "../../../src/devtools/agent/record-lease.ts";
import { record, recordingOf } from "../../../src/devtools/recording.ts";
import { isHeld } from "../../support/collect.ts";
import { ManualTimers } from "../../support/manual-timers.ts";

test("a record that a tool begins ends ten minutes after its last question", async () => {
  const cache = new Cache();
  const timers = new ManualTimers();
  expect((await leaseRecord(cache, timers.schedule)).isNew).toBe(true);
  const { accesses } = recordingOf(cache);
  expect(accesses).toBeDefined();
  timers.pass(LEASE - 1);
  expect((await leaseRecord(cache, timers.schedule)).isNew).toBe(false);
  timers.pass(LEASE - 1);
  expect(recordingOf(cache).accesses).toBe(accesses);
  timers.pass(1);
  expect(recordingOf(cache).since).toBe(undefined);
  expect(timers.pending).toBe(0);
  expect((await leaseRecord(cache, timers.schedule)).isNew).toBe(true);
  timers.pass(LEASE);
});

test("what somebody records already has no end of ours", async () => {
  const cache = new Cache();
  const timers = new ManualTimers();
  const undo = record(cache);
  expect(await leaseRecord(cache, timers.schedule)).toMatchObject({ isNew: false });
  expect(timers.pending).toBe(0);
  undo();
  expect(recordingOf(cache).since).toBe(undefined);
});

test("the app's own record goes on when the tool's ends, and the other way round", async () => {
  const cache = new Cache();
  const timers = new ManualTimers();
  await leaseRecord(cache, timers.schedule);
  const undo = record(cache);
  timers.pass(LEASE);
  expect(recordingOf(cache).since).toBeDefined();
  undo();
  expect(recordingOf(cache).since).toBe(undefined);
});

test("a record that a tool began keeps no cache alive", async () => {
  const timers = new ManualTimers();
  const reference = await (async (cache) => {
    await leaseRecord(cache, timers.schedule);
    return new WeakRef(cache);
  })(new Cache());
  expect(timers.pending).toBe(1);
  expect(await isHeld(reference)).toBe(false);
  timers.pass(LEASE);
});
