import { examples } from "virtual:guide/testing/browser";
import { describe, expect, test } from "vitest";

test("the guide has an example for a real browser", () => expect(examples).toHaveLength(1));

describe.each(examples)("the example in line $line of the testing guide runs as it stands there", async ({ run }) => {
  await run();
  test("without an error", () => undefined);
});
