// What the parts of bench/persist.mjs call in the page. Only the asked subject's code is loaded.
import { timeHits } from "./hits.js";
import { checkStored, fillWith, write, writeHot } from "./writes.js";

const SUBJECTS = {
  macho: () => import("./subjects/macho.js"),
  tanstack: () => import("./subjects/tanstack.js"),
  each: () => import("./subjects/each.js"),
};

let subject;
let entries;

globalThis.bench = {
  /** @param delay ms that a change may wait, where that can be chosen */
  async prepare(name, count, delay) {
    const { createSubject } = await SUBJECTS[name]();
    entries = count;
    subject = await createSubject(fillWith(count), delay);
  },
  flushAll: () => subject.flushAll(),
  /** All that was filled in is stored. */
  checkStored: () => checkStored(subject, entries),
  write: (count) => write(subject, entries, count),
  writeHot: () => writeHot(subject),
  hits: timeHits,
};
