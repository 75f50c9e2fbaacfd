import { Cache, MachoError, MachoOptionError } from "macho-cache";
import { MachoDevtools } from "macho-cache/devtools";
import { launchDashboard, mountDevtools } from "macho-cache/devtools/mount";
import { createElement } from "react";
import { renderToString } from "react-dom/server";
import { describe, expect, test } from "vitest";

const cache = new Cache();
// Bad input is what the types forbid.
const open = launchDashboard as (...given: unknown[]) => unknown;
const mount = mountDevtools as (...given: unknown[]) => unknown;

function thrown(run: () => unknown): unknown {
  try {
    return run();
  } catch (error) {
    return error;
  }
}

describe("what the devtools cannot show is refused by name", () => {
  test.each([
    [null, "null"],
    [undefined, "undefined"],
    [5, "5"],
    ["x", '"x"'],
    [Symbol("s"), "Symbol(s)"],
    [() => 1, "a function"],
    [{}, "none"],
    [[], "none"],
    [new Map(), "none"],
    [{ a: 5 }, "5 under the name a"],
    [{ ok: cache, b: null }, "null under the name b"],
    [{ peek() {} }, "a function under the name peek"],
  ])("%s", (target, got) => {
    for (const show of [open, mount]) {
      const error = thrown(() => show(target));
      expect(error).toBeInstanceOf(MachoError);
      expect(error).toMatchObject({
        code: "invalid-argument",
        message: `The devtools need a Cache or a QueryClient to show, got ${got}. Pass cache, client, or { name: cache }. [invalid-argument]`,
      });
    }
  });
});

describe("options that cannot be used are refused", () => {
  test.each([
    [null, "null"],
    ["#x", '"#x"'],
    [5, "5"],
  ])("%s is neither options nor an element", (options, got) => {
    expect(thrown(() => mount(cache, options))).toMatchObject({
      name: "MachoError",
      code: "invalid-argument",
      message: `mountDevtools needs options or an element, got ${got}. Pass { parent: element }, or nothing to dock the panel to the page. [invalid-argument]`,
    });
  });

  test.each([
    [{ parent: "#x" }, "parent", 'parent must be an element, got "#x". Pass { parent: document.body }.'],
    [{ parent: null }, "parent", "parent must be an element, got null. Pass { parent: document.body }."],
    [{ name: 5 }, "name", 'name must be a string, got 5. Pass { name: "Films" }.'],
    [
      { initialIsOpen: "yes" },
      "initialIsOpen",
      'initialIsOpen must be true or false, got "yes". Pass { initialIsOpen: true }.',
    ],
    [
      { initialDock: "middle" },
      "initialDock",
      'initialDock must be one of bottom, top, left, right, got "middle". Pass { initialDock: "right" }.',
    ],
    [
      { corner: "left" },
      "corner",
      'corner must be one of bottom-end, bottom-start, top-end, top-start, got "left". Pass { corner: "top-end" }.',
    ],
    [
      { shortcut: "M" },
      "shortcut",
      'shortcut must be a key with Ctrl, Alt or Meta, or "", got "M". Pass { shortcut: "Alt+Shift+M" }.',
    ],
    [{ badge: 1 }, "badge", "badge must be true or false, got 1. Pass { badge: true }."],
    [
      { parnt: 1 },
      "parnt",
      "parnt is not an option of mountDevtools, got 1. Known options: parent, name, initialIsOpen, initialDock, corner, shortcut, badge.",
    ],
  ])("%o", (options, option, message) => {
    const error = thrown(() => mount(cache, options));
    expect(error).toBeInstanceOf(MachoOptionError);
    expect(error).toMatchObject({ code: "invalid-option", option, message: `${message} [invalid-option]` });
  });

  test("an option that is undefined is one that is left out", () => {
    expect(typeof mount(cache, { parent: undefined, name: undefined, initialIsOpen: undefined })).toBe("function");
  });
});

test("a component without anything to show says where to put it", () => {
  expect(thrown(() => renderToString(createElement(MachoDevtools)))).toMatchObject({
    name: "MachoError",
    code: "no-provider",
  });
});
