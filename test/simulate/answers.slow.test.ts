import { expect, test } from "vitest";
import { gainsOf } from "./gains.ts";
import { HELD_OUT } from "./loads/held-out.ts";
import type { Headline } from "./loads/load.ts";
import { TUNING } from "./loads/tuning.ts";
import { play, Script } from "./play.ts";

/** Headlines that name something to do. */
const REMEDIES = new Set<Headline>([
  "size",
  "policy",
  "ttl",
  "idle",
  "shards",
  "removals",
  "absent",
  "failures",
  "unread-writes",
]);

const loads = [...TUNING, ...HELD_OUT].map((load) => ({ name: load.name, load, best: load.expected[0]! }));

// What a load is said to need is checked against the real engine, without any advice.
test.each(loads.filter(({ best }) => REMEDIES.has(best)))("$name: $best gains something", async ({ load, best }) => {
  const script = new Script(load);
  const gains = await gainsOf(script, await play(script), best);
  expect(Math.max(0, ...gains.map(({ recorded }) => recorded))).toBeGreaterThan(1);
});

test.each(loads.filter(({ best }) => best === "nothing" || best === "smaller"))(
  "$name: nothing gains three points",
  async ({ load }) => {
    const script = new Script(load);
    const gains = await gainsOf(script, await play(script));
    expect(gains.filter(({ recorded }) => recorded >= 3).map(({ remedy }) => remedy.name)).toEqual([]);
  },
);
