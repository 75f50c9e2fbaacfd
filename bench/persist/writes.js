// Writes, with a stopwatch.
import { itemOf, keyOf } from "./items.js";

const HOT_KEYS = 10;
const HOT_WRITES = 1_000;
/** Writes of one task, and ms between two tasks: about half a second in all. */
const A_TASK = 20;
const TASK_MS = 10;
/** Entries that are put into memory in one task: filling is not what is measured. */
const CHUNK = 100;
/** Prime to the numbers of entries, so that it visits all, and not in order. */
const STRIDE = 7_919;

const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export const fillWith = (entries) => async (set) => {
  for (let index = 0; index < entries; index++) {
    set(keyOf(index), itemOf(index));
    if (index % CHUNK === CHUNK - 1) await wait(0);
  }
};

export async function checkStored(subject, entries) {
  const stored = await subject.countStored();
  if (stored !== entries) throw new Error(`${stored} entries are stored, expected ${entries}.`);
}

/** One write after the other, through its flush. Ms in all, and the records that were written. */
export async function write(subject, entries, count) {
  const before = subject.written();
  const began = performance.now();
  for (let index = 0; index < count; index++) {
    const id = (index * STRIDE) % entries;
    subject.set(keyOf(id), itemOf(id, index + 1));
    await subject.flush();
  }
  return { ms: (performance.now() - began) / count, records: subject.written() - before };
}

/** Many writes to few keys. Ms of the calls, and records that were written, the last of each key among them. */
export async function writeHot(subject) {
  const before = subject.written();
  let calls = 0;
  for (let at = 0; at < HOT_WRITES; at += A_TASK) {
    const began = performance.now();
    for (let index = at; index < at + A_TASK; index++) {
      const id = index % HOT_KEYS;
      subject.set(keyOf(id), itemOf(id, index + 1));
    }
    calls += performance.now() - began;
    await wait(TASK_MS);
  }
  await subject.flush();
  return { calls, records: subject.written() - before };
}
