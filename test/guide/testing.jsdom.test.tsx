import { examples } from "virtual:guide/testing/jsdom";
import { describe, expect, test } from "vitest";

test("the guide has examples for Testing Library", () => expect(examples).toHaveLength(4));

describe.each(examples)("the example in line $line of the testing guide runs as it stands there", async ({ run }) => {
  await run();
  test("without an error", () => undefined);
});
