import { afterEach, describe, expect, test, vi } from "vitest";
import { inSlices } from "../../../src/devtools/agent/slices.ts";

afterEach(() => void vi.unstubAllGlobals());

/** Steps of a ms each, and what they return. */
function* steps(count: number): Generator<undefined, string> {
  for (let step = 0; step < count; step++) {
    for (const end = performance.now() + 1; performance.now() < end;);
    yield;
  }
  return "done";
}

describe("a long walk", () => {
  test("lets a server serve others between its slices", async () => {
    let turns = 0;
    let isOver = false;
    const turn = (): void => {
      turns++;
      if (!isOver) setImmediate(turn);
    };
    turn();
    expect(await inSlices(steps(60))).toBe("done");
    isOver = true;
    // At most 4 ms each, and a step.
    expect(turns).toBeGreaterThanOrEqual(10);
  });

  test("goes on where there are messages alone, or timers alone", async () => {
    vi.stubGlobal("setImmediate", undefined);
    expect(await inSlices(steps(12))).toBe("done");
    vi.stubGlobal("MessageChannel", undefined);
    expect(await inSlices(steps(12))).toBe("done");
  });

  test("ends with what a step throws", async () => {
    function* failing(): Generator<undefined, string> {
      yield;
      throw new Error("no more");
    }
    await expect(inSlices(failing())).rejects.toThrow("no more");
  });
});
