import { examples } from "virtual:guide/recipes/node";
import { describe, expect, test } from "vitest";

test("recipes have tests for Node", () => expect(examples.length).toBeGreaterThan(0));

describe.each(examples)("the test in line $line of $page runs as it stands there", async ({ run }) => {
  await run();
});
