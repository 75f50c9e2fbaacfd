import Table from "cli-table3";
import type { Terminal } from "./terminal.ts";

const NO_LINES = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: "  ",
};

/** Rows below a head, without lines. The texts are shown as they are: see visible-text.ts. */
export function table(head: readonly string[], rows: readonly (readonly string[])[], { colors }: Terminal): string {
  const drawn = new Table({ chars: NO_LINES, style: { "padding-left": 0, "padding-right": 0, head: [], border: [] } });
  drawn.push(
    head.map((name) => colors.dim(name)),
    ...rows.map((row) => [...row]),
  );
  return drawn.toString().replaceAll(/ +$/gm, "");
}
