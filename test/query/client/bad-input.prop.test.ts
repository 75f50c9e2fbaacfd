import fc from "fast-check";
import { MachoError } from "macho-cache";
import { QueryClient } from "macho-cache/query";
import { expect, test } from "vitest";
import { ManualClock } from "../../support/manual-clock.ts";

const METHODS = [
  "fetchQuery",
  "prefetchQuery",
  "getQueryData",
  "setQueryData",
  "invalidateQueries",
  "refetchQueries",
  "resetQueries",
  "removeQueries",
  "cancelQueries",
  "subscribe",
  "observe",
] as const;

const anything = fc.oneof(
  fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withNullPrototype: true }),
  fc.constantFrom(
    ["a"],
    () => "data",
    () => undefined,
  ),
);

test("whatever is passed, only named errors are thrown, and the client goes on", async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...METHODS), fc.array(anything, { maxLength: 3 }), async (method, args) => {
      const client = new QueryClient({ cache: { clock: new ManualClock() } });
      client.setQueryData(["there"], 1);
      try {
        // The types forbid it; JavaScript does not.
        await (client[method] as (...all: unknown[]) => unknown)(...args);
      } catch (error) {
        expect(error).toBeInstanceOf(MachoError);
        expect((error as MachoError).message).toMatch(/got|Pass|undefined/);
      }
      expect(await client.fetchQuery(["sound"], () => "answer")).toBe("answer");
      const { sets, size, removals } = client.cache.metrics;
      expect(sets).toBe(size + Object.values(removals).reduce((sum, count) => sum + count, 0));
      client.dispose();
    }),
    { numRuns: 1_500 },
  );
});
