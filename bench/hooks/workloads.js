// Each workload runs in a page of its own, proves that the page is right, and gives ms.
import { assertNoLoads, itemOf, keyOf } from "./items.js";
import { List } from "./list.js";
import { assertShown, untilShown } from "./shown.js";

const HOOKS = 5_000;
const SHARED = 50;
const UPDATES = 2_000;
/** Rows that are siblings, as in a page of sections; in a flat list, all are. */
const GROUP = 50;
/** Mounts after the first one, and passes of an update: their median counts. */
const REPEATS = 5;
const PASSES = 3;

const median = (values) => values.toSorted((one, other) => one - other)[values.length >> 1];
const range = (length, pick) => Array.from({ length }, (_, place) => pick(place));
const titles = (indexes, versionOf = () => 0) => indexes.map((index) => itemOf(index, versionOf(index)).title);
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function warm(subject, indexes) {
  await Promise.all([...new Set(indexes)].map((index) => subject.set(keyOf(index), itemOf(index))));
  await wait(50);
  globalThis.gc();
}

function assertRenders(list, expected) {
  if (list.renders !== expected) throw new Error(`${list.renders} renders of rows, expected ${expected}.`);
}

/** Sets each of `indexes` to a version in one loop. Resolves to ms. */
async function update(subject, all, indexes, version) {
  const { together = (run) => run() } = subject;
  const items = indexes.map((index) => itemOf(index, version));
  const keys = indexes.map(keyOf);
  const changed = new Set(indexes);
  const change = () => together(() => keys.forEach((key, place) => void subject.set(key, items[place])));
  const texts = titles(all, (index) => (changed.has(index) ? version : 0));
  return untilShown(change, texts, all.lastIndexOf(indexes.at(-1)));
}

async function mounts(subject, indexes) {
  await warm(subject, indexes);
  const list = new List(subject, GROUP);
  const times = [];
  for (let turn = 0; turn <= REPEATS; turn++) {
    if (turn > 0) await list.unmount();
    times.push(await list.mount(indexes));
    assertShown(titles(indexes));
  }
  await wait(50);
  assertRenders(list, indexes.length * times.length);
  // The hooks do listen.
  await update(subject, indexes, [indexes.at(-1)], 1);
  assertNoLoads();
  return { first: times[0], again: median(times.slice(1)) };
}

async function updates(subject, all, indexes, group = GROUP) {
  await warm(subject, all);
  const list = new List(subject, group);
  await list.mount(all);
  const times = [];
  for (let version = 1; version <= PASSES; version++) {
    globalThis.gc();
    times.push(await update(subject, all, indexes, version));
  }
  await wait(50);
  assertNoLoads();
  const changed = new Set(indexes);
  assertRenders(list, all.length + PASSES * all.filter((index) => changed.has(index)).length);
  return { shown: median(times) };
}

const distinct = () => range(HOOKS, (place) => place);
const chosen = () => range(UPDATES, (place) => Math.floor((place * HOOKS) / UPDATES));

export const WORKLOADS = {
  "mount distinct": (subject) => mounts(subject, distinct()),
  "mount shared": (subject) =>
    mounts(
      subject,
      range(HOOKS, (place) => place % SHARED),
    ),
  "update many": (subject) => updates(subject, distinct(), chosen()),
  "update many in a flat list": (subject) => updates(subject, distinct(), chosen(), HOOKS),
  "update one": (subject) =>
    updates(
      subject,
      range(HOOKS, () => 0),
      [0],
    ),
};
