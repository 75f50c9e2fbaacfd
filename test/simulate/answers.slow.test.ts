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

// What a load is said to need is checked against the real engine, without any advice.
test.each([...TUNING, ...HELD_OUT])("$name: what is expected is what the engine gives", async (load) => {
  const script = new Script(load);
  const gains = await gainsOf(script, await play(script));
  const [best] = load.expected;
  const recorded = gains.filter(({ remedy }) => remedy.headline === best).map((each) => each.recorded);
  if (best && REMEDIES.has(best)) expect(Math.max(0, ...recorded)).toBeGreaterThan(1);
  else if (best === "nothing" || best === "smaller")
    expect(gains.filter((each) => each.recorded >= 3).map(({ remedy }) => remedy.name)).toEqual([]);
});
