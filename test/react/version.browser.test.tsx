import { version } from "react";
import { version as domVersion } from "react-dom";
import { version as serverVersion } from "react-dom/server";
import { expect, inject, test } from "vitest";

test("tests in the browser run beside the React that their project names", () => {
  const named: unknown = expect.stringMatching(`^${inject("react")}\\.`);
  expect([version, domVersion, serverVersion]).toEqual([named, named, named]);
});
