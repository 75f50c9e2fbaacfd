// Clients without React: 20,000 queries in groups of ten, as keys like ["group", 7, 75].
import { itemOf } from "./items.js";

const QUERIES = 20_000;
const GROUP = 10;
const CALLS = 100_000;
const SAMPLES = 7;
/** Invalidations of one kind: as many as fit into the time, each of other queries. */
const BUDGET = 400;
const CHUNK = 5;
const MOST = 1_000;
/** Questions that look at every query. */
const ASKED = 100;
/** Prime to the number of queries, so that it visits all, and not in order. */
const STRIDE = 7_919;

const keyOf = (index) => ["group", Math.floor(index / GROUP), index];
const tagOf = (index) => `group ${Math.floor(index / GROUP)}`;
const median = (values) => values.toSorted((one, other) => one - other)[values.length >> 1];

/** Kept, so that keys and items are alive before and after. */
let kept;

export function prepareStore(subject) {
  const entries = Array.from({ length: QUERIES }, (_, index) => ({ key: keyOf(index), item: itemOf(index) }));
  kept = { subject, entries };
}

export async function fillStore() {
  for (const { key, item } of kept.entries) await kept.subject.set(key, item);
  return QUERIES;
}

/** ns a call. */
function timeCalls(call) {
  const samples = Array.from({ length: SAMPLES }, () => {
    const began = performance.now();
    for (let count = 0, index = 0; count < CALLS; count++, index = (index + STRIDE) % QUERIES) call(index);
    return ((performance.now() - began) * 1e6) / CALLS;
  });
  return median(samples);
}

function assertEqual(got, expected, what) {
  if (got !== expected) throw new Error(`${what}: got ${got}, expected ${expected}.`);
}

/** ns an invalidation; each must mark `size` queries more. */
async function timeInvalidations(subject, filterOf, size, most = MOST) {
  const before = subject.countInvalidated();
  const began = performance.now();
  let count = 0;
  let now = began;
  while (count < most && now - began < BUDGET) {
    for (const end = Math.min(most, count + CHUNK); count < end; count++) await subject.invalidate(filterOf(count));
    now = performance.now();
  }
  assertEqual(subject.countInvalidated() - before, count * size, "Queries invalidated");
  return ((now - began) * 1e6) / count;
}

/** ns a question of how many load, which none does. */
function timeFetching(subject) {
  const samples = Array.from({ length: ASKED }, () => {
    const began = performance.now();
    assertEqual(subject.countFetching(), 0, "Queries loading");
    return performance.now() - began;
  });
  // The clock steps 100 us: a mean over many says what a median cannot.
  return (samples.reduce((sum, ms) => sum + ms) * 1e6) / ASKED;
}

export async function timeStore(subject) {
  prepareStore(subject);
  await fillStore();
  let found = 0;
  const get = timeCalls((index) => void (found += subject.get(keyOf(index)).id === index ? 1 : 0));
  assertEqual(found, CALLS * SAMPLES, "Items found");
  let version = 0;
  const set = timeCalls((index) => void subject.set(keyOf(index), itemOf(index, ++version)));
  assertEqual(subject.get(keyOf(0)).title !== itemOf(0).title, true, "An item was set");
  const groupOf = (group) => ({ queryKey: ["group", group] });
  const exactOf = (count) => ({ queryKey: keyOf(QUERIES - 1 - count * GROUP), exact: true });
  // The exact ones are of the second half of the groups, the others of the first, and of two in the middle.
  const exact = await timeInvalidations(subject, exactOf, 1, MOST / 2);
  const firstPrefix = await timeInvalidations(subject, () => groupOf(MOST), GROUP, 1);
  const secondPrefix = await timeInvalidations(subject, () => groupOf(MOST + 1), GROUP, 1);
  const prefix = await timeInvalidations(subject, groupOf, GROUP);
  // Of groups that are behind those of the prefixes.
  const ofGroup = (group) => ({ predicate: (query) => subject.keyOf(query)[1] === group });
  const predicate = await timeInvalidations(subject, (count) => ofGroup(MOST + 2 + count), GROUP, ASKED);
  const fetching = timeFetching(subject);
  const times = { get, set, exact, firstPrefix, secondPrefix, prefix, predicate, fetching };
  if (!subject.setTagged) return times;
  for (let index = 0; index < QUERIES; index++) subject.setTagged(keyOf(index), itemOf(index), tagOf(index));
  const tag = await timeInvalidations(subject, (count) => ({ tags: [tagOf(count * GROUP)] }), GROUP);
  return { ...times, tag };
}
