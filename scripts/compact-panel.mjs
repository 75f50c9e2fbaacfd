import { MagicString } from "magic-string";

/** Styles of the panel as they are written: the only template texts of these files are rules. */
const STYLES = /src\/devtools\/(?:.*\/)?style[\w-]*\.ts$/;
const TEXT = /`[^`]*`/g;

const PANEL_JSX = /^\/\*\* @jsxImportSource preact \*\//;
/** A call for each element, its children one by one. The other way is an object with a list, which no minifier shortens. */
const CALLS = '/** @jsxRuntime classic @jsx h @jsxFrag Fragment */ import { h, Fragment } from "preact";';

/** Rules without the space that only people need. Not around `:` as a whole: `a :hover` is not `a:hover`. */
export function compactRules(rules) {
  return rules
    .replaceAll(/\s+/g, " ")
    .replaceAll(/ ?([{};,>]) ?/g, "$1")
    .replaceAll(": ", ":")
    .replaceAll(";}", "}");
}

/** Code after some of its text was replaced, with the map back to what was written. */
function replaced(code, pattern, replacement) {
  const written = new MagicString(code).replace(pattern, replacement);
  return { code: written.toString(), map: written.generateMap({ hires: "boundary" }) };
}

/** Writes what is read by browsers alone in a shorter way: the panel's styles, and its elements. */
export const compactPanel = {
  name: "compact-panel",
  enforce: "pre",
  transform(code, id) {
    if (STYLES.test(id)) return replaced(code, TEXT, compactRules);
    return PANEL_JSX.test(code) ? replaced(code, PANEL_JSX, CALLS) : undefined;
  },
};
