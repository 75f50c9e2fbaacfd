// One process, one subject: bytes an entry beyond key and value, at 200,000 string keys. Run by engine.mjs.
import { SUBJECTS } from "./subjects.mjs";
import { KEYS } from "./workloads.mjs";

const ENTRIES = 200_000;

const make = await SUBJECTS[process.argv[2]].make();
const keys = Array.from({ length: ENTRIES }, (_, index) => KEYS.string(index));

/** Bytes that are alive, columns outside of the heap included. */
function alive() {
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const before = alive();
const cache = make(ENTRIES);
for (let index = 0; index < ENTRIES; index++) cache.set(keys[index], index);
const bytes = (alive() - before) / ENTRIES;
// Both are used to the end, so that neither is collected before.
process.stdout.write(JSON.stringify({ bytes, kept: cache.get(keys[0]) }));
