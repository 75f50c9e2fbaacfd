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

/** Writes what is read by browsers alone in a shorter way: the panel's styles, and its elements. */
export const compactPanel = {
  name: "compact-panel",
  enforce: "pre",
  transform(code, id) {
    if (STYLES.test(id)) return { code: code.replaceAll(TEXT, compactRules), map: null };
    return PANEL_JSX.test(code) ? { code: code.replace(PANEL_JSX, CALLS), map: null } : undefined;
  },
};
