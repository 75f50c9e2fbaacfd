// Tabs whose messages come late, in any order, twice, or never, beside what is true: of two writes the later one wins.
import type { Stamp } from "macho-cache/persist";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ClientTier } from "../../src/persist/client-tier.ts";
import { isLater } from "../../src/persist/stamp.ts";
import { drained } from "../support/drained.ts";
import { exchanged, Network, TabPage } from "../support/tab-world.ts";
import type { Watched } from "../support/watched.ts";

const KEYS = 4;

type Step =
  | { readonly do: "write"; readonly tab: number; readonly key: number }
  | { readonly do: "store" | "suspend" | "wake" | "remove"; readonly tab: number; readonly key: number }
  | { readonly do: "pass"; readonly tab: number; readonly ms: number }
  | { readonly do: "shuffle" | "double" | "drop" | "deliver"; readonly at: number };

const tab = fc.nat(2);
const key = fc.nat(KEYS - 1);
const write = fc.record({ do: fc.constant("write" as const), tab, key });
const other = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant("store" as const), tab, key }) },
  fc.record({ do: fc.constantFrom("suspend" as const, "wake" as const, "remove" as const), tab, key }),
  fc.record({ do: fc.constant("pass" as const), tab, ms: fc.nat(20) }),
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom("shuffle" as const, "double" as const, "drop" as const, "deliver" as const),
      at: fc.nat(1_000),
    }),
  },
);

/** Three tabs that show the same keys, and what was written in them. */
class World {
  readonly network = new Network();
  readonly tabs = [0, 1, 2].map(() => new TabPage(this.network));
  readonly stampOf = new Map<unknown, Stamp>();
  readonly #hooks: Watched[][];
  /** How much of what each hook showed was looked at, and the last of it. */
  readonly #seen = new Map<Watched, { count: number; last: Stamp | undefined }>();
  #written = 0;

  constructor() {
    this.#hooks = this.tabs.map((each) =>
      Array.from({ length: KEYS }, (_, at) => each.watch(["key", at], { staleTime: Infinity })),
    );
  }

  write(at: number, name: number): void {
    const page = this.tabs[at]!;
    const value = ++this.#written;
    page.client.setQueryData(["key", name], value);
    const { source } = page.client.host.tier as ClientTier;
    this.stampOf.set(value, source.stamps.get(page.client.host.find(`["key",${name}]`)!.answer!)!);
  }

  async take(step: Step): Promise<void> {
    const { onItsWay } = this.network;
    switch (step.do) {
      case "write":
        return this.write(step.tab, step.key);
      case "store":
        return void this.tabs[step.tab]!.persistence!.flush();
      case "remove":
        return this.tabs[step.tab]!.client.removeQueries(["key", step.key]);
      case "suspend":
        // As a page does that is hidden.
        void this.tabs[step.tab]!.persister.writes.flush(true);
        await drained();
        return this.tabs[step.tab]!.suspend();
      case "wake":
        return this.tabs[step.tab]!.wake();
      case "pass":
        return this.tabs[step.tab]!.clock.advance(step.ms);
      case "shuffle":
        return void onItsWay.sort(
          (one, two) => ((step.at * 7 + onItsWay.indexOf(one)) % 3) - (onItsWay.indexOf(two) % 3),
        );
      case "double":
        return void (onItsWay.length > 0 && onItsWay.push(onItsWay[step.at % onItsWay.length]!));
      case "drop":
        return void onItsWay.splice(step.at % Math.max(1, onItsWay.length), 1);
      case "deliver": {
        for (const { message, hear } of onItsWay.splice(0, step.at % 5)) hear(message);
        for (const { clock } of this.tabs) clock.advance(0);
        return undefined;
      }
    }
  }

  /** What each hook showed since the last look is later than what it showed before. */
  look(): void {
    for (const hook of this.#hooks.flat()) {
      const seen = this.#seen.get(hook) ?? { count: 0, last: undefined };
      for (const value of hook.shown.slice(seen.count)) {
        const stamp = this.stampOf.get(value);
        if (!stamp) continue;
        const isSame = String(stamp) === String(seen.last);
        expect(isSame || !seen.last || isLater(stamp, seen.last), `${String(value)} after ${String(seen.last)}`).toBe(
          true,
        );
        seen.last = stamp;
      }
      seen.count = hook.shown.length;
      this.#seen.set(hook, seen);
    }
  }

  /** All tabs are awake, have stored what they wrote and heard of it. @param isSure whether nothing was lost on the way */
  async settle(isSure: boolean): Promise<void> {
    for (const each of this.tabs) {
      each.wake();
      if (!isSure) each.suspend();
      if (!isSure) each.wake();
    }
    for (let round = 0; round < 4; round++) {
      for (const { clock } of this.tabs) clock.advance(1_000);
      await exchanged(...this.tabs);
    }
    if (isSure) return;
    for (const each of this.tabs) each.suspend();
    for (const each of this.tabs) each.wake();
    await exchanged(...this.tabs);
  }

  /** What every tab shows of a key. */
  shown(name: number): unknown[] {
    return this.#hooks.map((hooks) => hooks[name]!.data);
  }

  /** The value that was written last, by its stamp. */
  newest(values: readonly unknown[]): unknown {
    return values.reduce((one, two) => (isLater(this.stampOf.get(two)!, this.stampOf.get(one)!) ? two : one));
  }

  dispose(): void {
    for (const { client } of this.tabs) client.dispose();
  }
}

/** Runs steps. Returns the values that were written, by their key. */
async function run(world: World, steps: readonly Step[]): Promise<Map<number, unknown[]>> {
  await exchanged(...world.tabs);
  const written = new Map<number, unknown[]>();
  for (const step of steps) {
    const before = world.stampOf.size;
    await world.take(step);
    if (step.do === "write" && world.stampOf.size > before) {
      written.set(step.key, [...(written.get(step.key) ?? []), world.stampOf.size]);
    }
    await drained();
    world.look();
  }
  return written;
}

describe("tabs", () => {
  it("show what was written last once they have heard of everything, and never what is older", async () => {
    const isQuiet = (step: Step): boolean => !["drop", "suspend", "wake", "remove"].includes(step.do);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(write, other.filter(isQuiet)), { minLength: 20, maxLength: 80 }),
        async (steps) => {
          const world = new World();
          const written = await run(world, steps);
          await world.settle(true);
          world.look();
          for (const [name, values] of written) {
            const newest = world.newest(values);
            expect(world.shown(name)).toEqual([newest, newest, newest]);
          }
          world.dispose();
        },
      ),
      { numRuns: 60 },
    );
  });

  it("show the same in the end, and never what is older, whatever was lost, removed and slept through", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(write, other), { minLength: 20, maxLength: 80 }), async (steps) => {
        const world = new World();
        await run(world, steps);
        await world.settle(false);
        world.look();
        for (let name = 0; name < KEYS; name++) {
          const [first, ...others] = world.shown(name);
          expect(others).toEqual([first, first]);
        }
        world.dispose();
      }),
      { numRuns: 60 },
    );
  });

  it("do so over 1,000 interleaved writes", async () => {
    const steps = fc.sample(fc.oneof({ weight: 1, arbitrary: write }, other), {
      numRuns: 2_000,
      seed: Number(process.env["FUZZ_SEED"] ?? 42),
    });
    const world = new World();
    await run(world, steps);
    await world.settle(false);
    world.look();
    expect(world.stampOf.size).toBeGreaterThan(900);
    for (let name = 0; name < KEYS; name++) {
      const [first, ...others] = world.shown(name);
      expect(others).toEqual([first, first]);
    }
    world.dispose();
  });
});
