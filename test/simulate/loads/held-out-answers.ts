import { fresh, read, uniform, zipf } from "./keys.ts";
import type { Load } from "./load.ts";

/** Answers that are absent, fail, or are never read; keys that do not come back. */
export const HELD_OUT_ANSWERS: readonly Load[] = [
  {
    name: "avatars that most users do not have",
    kind: "absent keys",
    isStationary: true,
    cache: { maxCacheSize: 1_000 },
    seed: 561,
    expected: ["absent"],
    *operations(draw) {
      const next = zipf(draw, 800, 0.8);
      for (;;) {
        const user = next();
        yield { type: "load", key: `avatar:${user}`, brings: user % 4 === 0 ? "value" : "nothing" };
      }
    },
  },
  {
    name: "one look-up of 160 is for one of three keys without a value",
    kind: "few absent keys",
    isStationary: true,
    cache: { maxCacheSize: 700 },
    warmUp: 5_000,
    seed: 562,
    expected: ["nothing", "smaller"],
    *operations(draw) {
      const [next, nobody] = [uniform(draw, 500), uniform(draw, 3)];
      for (;;) {
        if (draw() < 1 / 160) yield { type: "read", key: `nobody:${nobody()}`, isAbsent: true };
        else yield read(next());
      }
    },
  },
  {
    name: "four look-ups of a hundred are for one of 40 keys without a value",
    kind: "some absent keys",
    isStationary: true,
    cache: { maxCacheSize: 700 },
    warmUp: 5_000,
    seed: 563,
    expected: ["absent"],
    *operations(draw) {
      const [next, nobody] = [uniform(draw, 500), uniform(draw, 40)];
      for (;;) {
        if (draw() < 0.04) yield { type: "load", key: `nobody:${nobody()}`, brings: "nothing" };
        else yield read(next());
      }
    },
  },
  {
    name: "a service that is down, of five",
    kind: "failing loads",
    isStationary: true,
    cache: { maxCacheSize: 600 },
    warmUp: 2_000,
    seed: 564,
    expected: ["failures"],
    *operations(draw) {
      const next = zipf(draw, 500, 0.7);
      for (;;) {
        const key = next();
        yield { type: "load", key: `report:${key}`, brings: key % 5 === 2 ? "failure" : "value" };
      }
    },
  },
  {
    name: "loads that fail once in 25, behind a ttl that is long",
    kind: "loads that fail now and then",
    isStationary: true,
    cache: { maxCacheSize: 150, ttl: 60_000 },
    seed: 565,
    expected: ["nothing"],
    *operations(draw) {
      const next = uniform(draw, 120);
      for (;;) yield { type: "load", key: next(), brings: draw() < 0.04 ? "failure" : "value" };
    },
  },
  {
    name: "a key with the time in it",
    kind: "all new",
    isStationary: true,
    cache: { maxCacheSize: 2_000, strategy: "sieve" },
    warmUp: 3_000,
    seed: 566,
    expected: ["no-use"],
    *operations(draw) {
      const next = zipf(draw, 50, 1);
      for (let step = 0; ; step++) yield read(`search:${next()}?at=${step}`);
    },
  },
  {
    name: "one key of nine comes back, from twice the size away",
    kind: "mostly new",
    isStationary: true,
    cache: { maxCacheSize: 800 },
    warmUp: 2_000,
    seed: 567,
    expected: ["size"],
    *operations() {
      for (let step = 0; ; step++) yield read(`line:${step % 9 === 8 ? step - 1_499 : step}`);
    },
  },
  {
    name: "each look-up writes down that it was made",
    kind: "writes never read",
    isStationary: true,
    cache: { maxCacheSize: 800 },
    warmUp: 2_000,
    seed: 568,
    expected: ["unread-writes", "policy"],
    *operations(draw) {
      const [next, trail] = [uniform(draw, 600), fresh("trail")];
      for (;;) {
        yield read(`item:${next()}`);
        yield { type: "set", key: trail() };
      }
    },
  },
  {
    name: "a trail of one look-up of ten, in a cache with room",
    kind: "few writes never read",
    isStationary: true,
    cache: { maxCacheSize: 1_000 },
    warmUp: 5_000,
    seed: 569,
    expected: ["nothing", "smaller"],
    *operations(draw) {
      const [next, trail] = [zipf(draw, 250, 0.3), fresh("trail")];
      for (;;) {
        for (let step = 0; step < 10; step++) yield read(next());
        yield { type: "set", key: trail() };
      }
    },
  },
  {
    name: "eight look-ups of a hundred hit, under a policy by frequency",
    kind: "helps little",
    isStationary: true,
    cache: { maxCacheSize: 200, strategy: "sieve" },
    warmUp: 2_000,
    seed: 570,
    expected: ["little"],
    *operations(draw) {
      const [hot, once] = [uniform(draw, 8), fresh("hash")];
      for (;;) yield read(draw() < 0.08 ? `key:${hot()}` : once());
    },
  },
  {
    name: "twelve look-ups of a hundred hit, and the others are new",
    kind: "helps a little more",
    isStationary: true,
    cache: { maxCacheSize: 500 },
    warmUp: 1_000,
    seed: 571,
    expected: ["nothing", "little"],
    *operations(draw) {
      const [hot, once] = [uniform(draw, 25), fresh("hash")];
      for (;;) yield read(draw() < 0.12 ? `key:${hot()}` : once());
    },
  },
];
