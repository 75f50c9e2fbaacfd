import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FIRST_VIEW, pressed, SORTS, type View } from "../../src/top/view.ts";

const ROWS = ["a", "b", "c"];
const press = (view: View, ...keys: string[]): View => keys.reduce((now, key) => pressed(now, key, ROWS), view);

describe("what is pressed", () => {
  test("sorts by the next column, by the one of a number, and turns the order round", () => {
    expect(SORTS.map((_, index) => press(FIRST_VIEW, ...Array<string>(index).fill("s")).sort)).toEqual(SORTS);
    expect(press(FIRST_VIEW, "s", "s", "s", "s", "s").sort).toBe("reads");
    expect(press(FIRST_VIEW, "3")).toMatchObject({ sort: "size", isReversed: false });
    expect(press(FIRST_VIEW, "r")).toMatchObject({ isReversed: true });
    expect(press(FIRST_VIEW, "r", "s")).toMatchObject({ isReversed: false });
    expect(press(FIRST_VIEW, "6", "0", "x")).toBe(FIRST_VIEW);
  });

  test("chooses keys, shows one, and goes back step by step", () => {
    expect(press(FIRST_VIEW, "down").chosen).toBe("a");
    expect(press(FIRST_VIEW, "end").chosen).toBe("c");
    expect(press(FIRST_VIEW, "down", "j", "down", "down").chosen).toBe("c");
    expect(press(FIRST_VIEW, "end", "k", "up", "up").chosen).toBe("a");
    expect(press(FIRST_VIEW, "pageDown", "pageDown").chosen).toBe("c");
    expect(press({ ...FIRST_VIEW, chosen: "gone" }, "down").chosen).toBe("a");
    expect(pressed(FIRST_VIEW, "down", []).chosen).toBeUndefined();
    const shown = press(FIRST_VIEW, "enter", "enter");
    expect(shown).toMatchObject({ chosen: "a", mode: "entry" });
    expect(press(shown, "s", "down", " ")).toBe(shown);
    const filtered = press(shown, "q", "/", "x", "enter", "down");
    expect(filtered).toMatchObject({ mode: "keys", filter: "x", chosen: "a" });
    expect(press(filtered, "escape")).toMatchObject({ chosen: undefined, filter: "x" });
    expect(press(filtered, "escape", "escape").filter).toBe("");
  });

  test("types a filter letter by letter, as people count letters", () => {
    const typing = press({ ...FIRST_VIEW, filter: "ttl<1" }, "/", "q", "s", "👩‍👩‍👧", "backspace", "backspace", "0", "s");
    expect(typing).toMatchObject({ typed: "ttl<1q0s", filter: "ttl<1" });
    expect(press(typing, "enter")).toMatchObject({ typed: undefined, filter: "ttl<1q0s" });
    expect(press(typing, "clear", " ", "enter")).toMatchObject({ filter: "" });
    expect(press(typing, "escape")).toMatchObject({ typed: undefined, filter: "ttl<1" });
    expect(press(typing, "up", "pageDown")).toBe(typing);
  });

  test("pauses and asks for help", () => {
    expect(press(FIRST_VIEW, " ").isPaused).toBe(true);
    expect(press(FIRST_VIEW, "p", " ")).toEqual(FIRST_VIEW);
    expect(press(FIRST_VIEW, "?").mode).toBe("help");
    for (const key of ["?", "q", "escape", "enter"]) expect(press(FIRST_VIEW, "?", key)).toEqual(FIRST_VIEW);
  });

  test("chooses no key that is not listed, whatever is pressed", () => {
    const keys = fc.constantFrom(
      "up",
      "down",
      "home",
      "end",
      "pageUp",
      "pageDown",
      "enter",
      "escape",
      "s",
      "r",
      "?",
      "/",
      "a",
      "q",
    );
    fc.assert(
      fc.property(fc.array(keys), fc.array(fc.string(), { maxLength: 5 }), (pressedKeys, rows) => {
        let view = FIRST_VIEW;
        for (const key of pressedKeys) view = pressed(view, key, rows);
        if (view.chosen !== undefined) expect(rows).toContain(view.chosen);
        if (view.mode === "entry") expect(view.chosen).toBeDefined();
      }),
    );
  });
});
