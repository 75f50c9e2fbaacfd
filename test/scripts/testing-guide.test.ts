import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The code of the guide that has tests of its own, and needs no page. */
const code = Array.from(
  readFileSync(join(ROOT, "docs", "testing.md"), "utf8").matchAll(/^```ts\n(.*?)^```$/gms),
  ([, each = ""]) => each,
).filter((each) => each.includes("\ntest("));

test("the guide has a test with a clock of its own", () => expect(code).toHaveLength(1));

// Its tests are those of this file.
describe("as the guide has it", async () => {
  const folder = join(ROOT, ".tmp", "guide");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${process.pid}.ts`);
  writeFileSync(file, code.join("\n"));
  try {
    await import(file);
  } finally {
    rmSync(file);
  }
});
