import { loop, read, uniform, zipf } from "./keys.ts";
import { type Load, WINDOW } from "./load.ts";

/** Loads that change: with the window, within it, and all the time. */
export const TUNING_PHASES: readonly Load[] = [
  {
    name: "a loop that ends with the window",
    kind: "ends with the window",
    isStationary: false,
    cache: { maxCacheSize: 100 },
    seed: 201,
    expected: ["size"],
    *operations(draw) {
      const [first, later] = [loop(120), uniform(draw, 60)];
      for (let step = 0; step < WINDOW; step++) yield read(first());
      for (;;) yield read(`later:${later()}`);
    },
  },
  {
    name: "a loop that begins in the middle of the window",
    kind: "begins within the window",
    isStationary: false,
    cache: { maxCacheSize: 100 },
    seed: 202,
    expected: ["size"],
    *operations(draw) {
      const [first, later] = [uniform(draw, 60), loop(120)];
      for (let step = 0; step < WINDOW * 0.4; step++) yield read(first());
      for (;;) yield read(`later:${later()}`);
    },
  },
  {
    name: "two sets of keys by turns of 4,000 look-ups",
    kind: "by turns",
    isStationary: true,
    cache: { maxCacheSize: 300 },
    seed: 203,
    expected: ["size"],
    *operations(draw) {
      const next = uniform(draw, 450);
      for (let step = 0; ; step++) yield read(next() + (Math.floor(step / 4_000) % 2) * 1_000);
    },
  },
  {
    name: "popular keys that move on, in a cache that holds most of them",
    kind: "moving keys",
    isStationary: true,
    cache: { maxCacheSize: 500 },
    seed: 204,
    expected: ["size"],
    *operations(draw) {
      for (let step = 0; ; step++) yield read(Math.floor(step / 40) + Math.floor(2_000 * draw() ** 2));
    },
  },
  {
    name: "more and more users",
    kind: "growth",
    isStationary: false,
    cache: { maxCacheSize: 400 },
    seed: 205,
    expected: ["size"],
    *operations(draw) {
      for (let step = 0; ; step++) yield read(Math.floor((300 + step / 200) * draw()));
    },
  },
  {
    name: "a quarter of the time too small, three quarters at ease",
    kind: "bursts",
    isStationary: true,
    cache: { maxCacheSize: 250 },
    seed: 206,
    expected: ["size", "policy"],
    *operations(draw) {
      const [calm, burst] = [zipf(draw, 200, 0.8), loop(300)];
      for (;;) {
        for (let step = 0; step < 3_000; step++) yield read(calm());
        for (let step = 0; step < 1_000; step++) yield read(`burst:${burst()}`);
      }
    },
  },
];
