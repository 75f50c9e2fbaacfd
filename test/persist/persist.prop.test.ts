import "../support/fixed-seeds.ts";
import { describe, expect, it } from "vitest";
import { checkPersist, SETUPS } from "../support/persist-property.ts";

describe.each(SETUPS)("a $subject over a storage that fails, plain: $isPlain", (setup) => {
  it("loses nothing that was stored, and brings nothing back that was removed", async () => {
    const counts = await checkPersist(setup, 4_000);
    expect(counts["reload"]).toBeGreaterThan(100);
  });
});
