import { readFileSync } from "node:fs";
import { Cache, type CacheOptions, MachoError } from "macho-cache";
import { allPolicies, lru, type Policy, SlotList, type Strategy } from "macho-cache/policies";
import { describe, expect, test, vi } from "vitest";
import { loop, missesOf } from "../../../examples/own-policy/compare.js";
import { mru } from "../../../examples/own-policy/mru.js";
import { SYNTHETIC } from "../../support/traces.ts";

const SIZES = [50, 200, 500, 1_000, 2_000];

describe("the example of a policy of one's own", () => {
  /** Misses of MRU at each of `SIZES`, counted by Caffeine (ccef955). */
  const COUNTS = [
    ["skew", [197_970, 196_292, 192_985, 187_298, 176_296]],
    ["drift", [197_224, 192_694, 183_236, 167_219, 135_039]],
    ["scan", [198_567, 197_517, 195_417, 191_920, 184_253]],
  ] as const;

  test.each(COUNTS)("%s: misses as often as the reference", (trace, expected) => {
    const keys = SYNTHETIC[trace]();
    expect(SIZES.map((size) => missesOf(keys, mru(), size))).toEqual(expected);
  });

  test("keeps most of a loop that does not fit, of which lru keeps nothing", () => {
    expect(missesOf(loop(120, 50), "lru", 100)).toBe(6_000);
    expect(missesOf(loop(120, 50), mru(), 100)).toBeLessThan(1_200);
  });

  test("runs, and prints the misses of each policy", async () => {
    const log = vi.spyOn(console, "log").mockReturnValue();
    await import("../../../examples/own-policy/main.js");
    const lines = log.mock.calls.map(([line]) => String(line));
    log.mockRestore();
    expect(lines).toEqual([
      "lru    misses 6000 of 6000",
      "fifo   misses 6000 of 6000",
      expect.stringMatching(/^random misses \d+ of 6000$/),
      `mru    misses ${missesOf(loop(120, 50), mru(), 100)} of 6000`,
    ]);
  });

  test("is in the documents as it is in its file", () => {
    const file = readFileSync(new URL("../../../examples/own-policy/mru.js", import.meta.url), "utf8");
    const page = readFileSync(new URL("../../../docs/policies.md", import.meta.url), "utf8");
    expect(page).toContain(`\`\`\`js\n${file}\`\`\``);
  });

  test("is shown by its name", () => {
    expect(new Cache({ strategy: mru() }).metrics.options.strategy).toBe("mru");
  });
});

/** Like lru, but for what a test changes. */
function strange(change: (policy: Policy) => object): Strategy {
  return {
    name: "strange",
    create(context) {
      const policy = lru().create(context);
      const methods = ["reserve", "add", "remove", "victim", "slots"] as const;
      const bound = methods.map((method) => [method, policy[method].bind(policy) as unknown] as const);
      const plain = { hit: policy.hit, list: policy.list, ...Object.fromEntries(bound) } as unknown as Policy;
      return Object.assign(plain, change(plain));
    },
  };
}

describe("a policy that is not one", () => {
  const bad: [string, object][] = [
    ["has no method victim()", { victim: undefined }],
    ["has no method slots()", { slots: 5 }],
    ['has hit: "often"', { hit: "often" }],
    ['has hit: "relink"', { hit: "relink", list: undefined }],
    ['has hit: "mark"', { hit: "mark" }],
    ['has hit: "call"', { hit: "call" }],
  ];

  test.each(bad)("%s is an error when the cache is made", (what, change) => {
    const make = (): unknown => new Cache({ strategy: strange(() => change) });
    expect(make).toThrow(MachoError);
    expect(make).toThrow(`The policy "strange" ${what}`);
  });

  test("create() that gives nothing is an error", () => {
    const options = { strategy: { name: "none", create: () => undefined } } as unknown as CacheOptions;
    expect(() => new Cache(options)).toThrow(/The policy "none" has no method reserve/);
  });

  test.each([7, -1, 0.5, Number.NaN, "1", undefined])("a victim of %s is an error, and nothing is lost", (victim) => {
    let lies = false;
    const strategy = strange((policy) => {
      const { victim: honest } = policy;
      return { victim: () => (lies ? victim : honest()) };
    });
    const cache = new Cache<string, number>({ maxCacheSize: 2, strategy });
    cache.set("a", 1).set("b", 2);
    lies = true;
    expect(() => cache.set("c", 3)).toThrow(/named slot .* as the victim/);
    lies = false;
    expect([...cache.keys()]).toEqual(["a", "b"]);
    cache.set("c", 3);
    expect([...cache.keys()]).toEqual(["b", "c"]);
    expect(cache.metrics).toMatchObject({ sets: 3, size: 2, removals: { evicted: 1 } });
  });

  test("a pinned slot is no victim", () => {
    const strategy = strange(() => ({ victim: () => 1 }));
    const cache = new Cache<string, number>({ maxCacheSize: 2, strategy });
    cache.set("a", 1).set("b", 2);
    cache.pin("a");
    expect(() => cache.set("c", 3)).toThrow(/named slot 1/);
  });
});

test.each(Object.keys(allPolicies))("%s is a file that names its source, as the table of all policies does", (name) => {
  const file = name.replace("twoQueue", "two-queue");
  const source = readFileSync(new URL(`../../../src/core/policy/${file}.ts`, import.meta.url), "utf8");
  expect(source).toMatch(new RegExp(`export function ${name}\\(`));
  expect(source).toMatch(/\/\*\*[^/]*(\b(19|20)\d\d\b|Operating System Concepts)/);
  const page = readFileSync(new URL("../../../docs/policies.md", import.meta.url), "utf8");
  const row = page.split("\n").find((line) => new RegExp(`^\\| \`"?${name}[("]`).test(line)) ?? "";
  expect(row.split("|").at(-2)?.trim()).toMatch(/\w+/);
});

test("a list knows both of its ends", () => {
  const list = new SlotList();
  list.reserve(3);
  expect([list.oldest, list.newest, list.newerThan(0)]).toEqual([0, 0, 0]);
  for (const slot of [1, 2, 3]) list.add(slot);
  list.renew(1);
  expect([list.oldest, list.newest, [...list.slots()]]).toEqual([2, 1, [2, 3, 1]]);
});
