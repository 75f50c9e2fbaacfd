import { examples } from "virtual:guide/testing/node";
import { describe, expect, test } from "vitest";

test("the guide has examples that need no page", () => expect(examples).toHaveLength(2));

describe.each(examples)("the example in line $line of the testing guide runs as it stands there", async ({ run }) => {
  await run();
  test("without an error", () => undefined);
});
