import { beforeEach, describe, expect, test } from "vitest";
import { Walker } from "../../src/devtools/panel/use-walk.ts";

/** What waits for an idle moment, in order. */
let waiting: (() => void)[];
let shown: unknown[];
let walker: Walker<string>;

beforeEach(() => {
  [waiting, shown] = [[], []];
  walker = new Walker<string>(
    (reading) => shown.push(reading),
    (run) => waiting.push(run),
  );
});

const idle = (): void => waiting.shift()?.();

/** Ends with a text after some steps, each of which takes so many ms. */
function* walk(steps: number, ms: number, end: string): Generator<undefined, string, undefined> {
  for (let step = 0; step < steps; step++) {
    const started = performance.now();
    while (performance.now() - started < ms);
    yield;
  }
  return end;
}

describe("a walk in slices", () => {
  test("begins when the page is idle, and shows what it found at its end", () => {
    walker.begin(() => walk(3, 0, "found"));
    expect(shown).toEqual([]);
    idle();
    expect([shown, waiting]).toEqual([[{ value: "found" }], []]);
  });

  test("gives way after a slice", () => {
    walker.begin(() => walk(3, 5, "found"));
    idle();
    idle();
    expect([shown, waiting.length]).toEqual([[], 1]);
    idle();
    idle();
    expect(shown).toEqual([{ value: "found" }]);
  });

  test("ends unseen when it is stopped, or another one begins", () => {
    walker.begin(() => walk(1, 0, "first"));
    walker.begin(() => walk(1, 0, "second"));
    idle();
    expect(shown).toEqual([]);
    idle();
    expect(shown).toEqual([{ value: "second" }]);
    walker.begin(() => walk(1, 0, "third"));
    walker.stop();
    idle();
    expect(shown).toHaveLength(1);
  });

  test("begins anew in turn: not while one is under way, and not soon after it", () => {
    let begun = 0;
    const begin = (): Generator<undefined, string, undefined> => {
      begun++;
      return walk(1, 0, "found");
    };
    walker.beginInTurn(begin);
    walker.beginInTurn(begin);
    idle();
    walker.beginInTurn(begin);
    expect(begun).toBe(1);
  });

  test("shows what a step throws, and can begin anew", () => {
    walker.begin(() => {
      throw new TypeError("not today");
    });
    expect(shown).toEqual([{ error: new TypeError("not today") }]);
    walker.begin(() => walk(1, 0, "found"));
    idle();
    expect(shown[1]).toEqual({ value: "found" });
  });
});
