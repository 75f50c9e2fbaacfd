// The same as persist.prop.test.ts, far longer. `PERSIST_SEED` runs another one, or again what was printed.
import { describe, expect, it } from "vitest";
import { checkPersist, SETUPS } from "../support/persist-property.ts";

/** Of each kind of cache and storage; `PERSIST_OPERATIONS=1000000` for a long run. */
const OPERATIONS = Number(process.env["PERSIST_OPERATIONS"] ?? 100_000);
/** One that every run has, so that a change is compared with the one before; another one by `PERSIST_SEED`. */
const SEED = Number(process.env["PERSIST_SEED"] ?? 42);

describe.each(SETUPS)("a $subject over a storage that fails, plain: $isPlain", (setup) => {
  it(`loses nothing and brings nothing back in ${OPERATIONS} operations`, async () => {
    console.log(`persist: PERSIST_SEED=${SEED} PERSIST_OPERATIONS=${OPERATIONS}`);
    const counts = await checkPersist(setup, OPERATIONS, SEED);
    const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
    console.log(`persist: ${all} operations`);
    expect(all).toBeGreaterThan(0.8 * OPERATIONS);
  }, 3_600_000);
});
