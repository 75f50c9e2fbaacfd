import { read, uniform, zipf } from "./keys.ts";
import { type Load, WINDOW } from "./load.ts";

/** Loads that change: with the window, within it, and all the time. */
export const HELD_OUT_PHASES: readonly Load[] = [
  {
    name: "many keys, each as often, until the window ends",
    kind: "ends with the window",
    isStationary: false,
    cache: { maxCacheSize: 300 },
    seed: 601,
    expected: ["size"],
    *operations(draw) {
      const [first, later] = [uniform(draw, 600), zipf(draw, 200, 0.5)];
      for (let step = 0; step < WINDOW; step++) yield read(first());
      for (;;) yield read(`later:${later()}`);
    },
  },
  {
    name: "twice as many keys from a third of the window on",
    kind: "begins within the window",
    isStationary: false,
    cache: { maxCacheSize: 500 },
    seed: 602,
    expected: ["size"],
    *operations(draw) {
      const [first, later] = [uniform(draw, 400), uniform(draw, 900)];
      for (let step = 0; step < WINDOW / 3; step++) yield read(first());
      for (;;) yield read(later());
    },
  },
  {
    name: "three tabs by turns of 2,500 look-ups",
    kind: "by turns",
    isStationary: true,
    cache: { maxCacheSize: 200 },
    warmUp: 2_500,
    seed: 603,
    expected: ["size"],
    *operations(draw) {
      const next = zipf(draw, 400, 0.6);
      for (let step = 0; ; step++) yield read(`tab:${Math.floor(step / 2_500) % 3}:${next()}`);
    },
  },
  {
    name: "news, of which the newest are read most",
    kind: "moving keys",
    isStationary: true,
    cache: { maxCacheSize: 250 },
    warmUp: 3_000,
    seed: 604,
    expected: ["size"],
    *operations(draw) {
      for (let step = 0; ; step++) yield read(`news:${Math.floor(step / 60) - Math.floor(1_200 * draw() ** 2)}`);
    },
  },
  {
    name: "a shop that opens one department after the other",
    kind: "growth",
    isStationary: false,
    cache: { maxCacheSize: 300 },
    seed: 605,
    expected: ["size"],
    *operations(draw) {
      for (let step = 0; ; step++) {
        const department = Math.floor(draw() * (3 + step / 12_000));
        yield read(`item:${department}:${Math.floor(100 * draw())}`);
      }
    },
  },
  {
    name: "a quiet hour, and a busy half",
    kind: "bursts",
    isStationary: true,
    cache: { maxCacheSize: 350 },
    warmUp: 6_000,
    seed: 606,
    expected: ["size", "policy"],
    *operations(draw) {
      const [calm, burst] = [uniform(draw, 150), uniform(draw, 800)];
      for (;;) {
        for (let step = 0; step < 4_000; step++) yield read(calm());
        for (let step = 0; step < 2_000; step++) yield read(`burst:${burst()}`);
      }
    },
  },
];
