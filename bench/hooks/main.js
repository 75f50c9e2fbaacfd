// What bench/hooks.mjs calls in the page. Only the asked subject's code is loaded.
import { fillStore, prepareStore, timeStore } from "./store.js";
import { WORKLOADS } from "./workloads.js";

const SUBJECTS = {
  macho: () => import("./subjects/macho.js"),
  swr: () => import("./subjects/swr.js"),
  tanstack: () => import("./subjects/tanstack.js"),
  "tanstack in a batch": () => import("./subjects/tanstack-in-a-batch.js"),
  "tanstack without gc": () => import("./subjects/tanstack-without-gc.js"),
  floor: () => import("./subjects/floor.js"),
  bare: () => import("./subjects/bare.js"),
};

const load = async (name) => (await SUBJECTS[name]()).subject;

globalThis.bench = {
  hooks: async (name, workload) => WORKLOADS[workload](await load(name)),
  store: async (name) => timeStore(await load(name)),
  prepare: async (name) => prepareStore(await load(name)),
  fill: fillStore,
};
