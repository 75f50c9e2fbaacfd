import { version } from "react";
import { version as serverVersion } from "react-dom/server";
import { expect, inject, test } from "vitest";

test("tests on Node run beside the React that their project names", () => {
  const named: unknown = expect.stringMatching(`^${inject("react")}\\.`);
  expect([version, serverVersion]).toEqual([named, named]);
});
