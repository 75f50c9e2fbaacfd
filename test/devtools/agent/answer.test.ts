import { Cache } from "macho-cache";
import { describe, expect, test } from "vitest";
import { answerRequest } from "../../../src/devtools/agent/answer.ts";

/** The error that a question is answered by. */
async function errorOf(operation: string, more: object): Promise<unknown> {
  const cache = new Cache<string | number, unknown>();
  cache.set("1", "a").set(1, "b");
  const { error } = JSON.parse(await answerRequest(cache, { operation, cache: "films", ...more })) as {
    error: unknown;
  };
  return error;
}

describe("an error", () => {
  test.each([
    { operation: "keys", filter: "status:nothing" },
    { operation: "keys", sort: "taste" },
    { operation: "entry", key: "1" },
    { operation: "entry", key: "1", nth: 3 },
    { operation: "entry", key: "{", isJson: true },
    { operation: "watch", kinds: [], words: "ttl<10s", session: "", wait: 0, ends: false },
    { operation: "change", change: { change: "delete", key: { key: "1" } } },
  ])("of $operation tells what is unclear from what is refused", async ({ operation, ...more }) => {
    expect(await errorOf(operation, more)).toEqual({ code: "unclear", message: expect.any(String) });
  });

  test("of what the cache does not do is a refusal", async () => {
    const change = { change: "resize", maxCacheSize: 0.5 };
    expect(await errorOf("change", { change })).toMatchObject({ code: "refused" });
    expect(await errorOf("dance", {})).toEqual({ code: "no-operation" });
  });
});
