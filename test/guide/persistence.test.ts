import { examples } from "virtual:guide/persistence/node";
import { describe, expect, test } from "vitest";

test("the guide of persistence has an example of a test", () => expect(examples).toHaveLength(1));

describe.each(examples)(
  "the example in line $line of the guide of persistence runs as it stands there",
  async ({ run }) => {
    await run();
    test("without an error", () => undefined);
  },
);
