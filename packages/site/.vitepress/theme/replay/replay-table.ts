import { h, type VNode } from "vue";
import type { PolicyResult } from "./replays.ts";
import { words } from "./trace.ts";

/** Within this of the best, a policy counts as the best. */
const CLOSE = 0.005;

/** Hit ratios in percent, policies by sizes. What is within half a point of the best of its size is bold. */
export function replayTable(results: readonly PolicyResult[], sizes: readonly number[], own: number): VNode {
  const best = sizes.map((_, at) => Math.max(...results.map(({ hitRatios }) => hitRatios[at]!)));
  const head = sizes.map((size) =>
    h("th", { scope: "col", class: { own: size === own } }, size === own ? `${words(size)} (yours)` : words(size)),
  );
  const cell = (ratio: number, at: number): VNode =>
    h("td", { class: { own: sizes[at] === own } }, [
      h(ratio >= best[at]! - CLOSE ? "strong" : "span", (ratio * 100).toFixed(1)),
    ]);
  const rows = results.map(({ policy, hitRatios }) =>
    h("tr", { key: policy }, [h("th", { scope: "row" }, policy), ...hitRatios.map(cell)]),
  );
  return h(
    "div",
    { class: "replay-table", tabindex: 0, role: "region", "aria-label": "Hit ratios by policy and size" },
    [
      h("table", [
        h("caption", "Hits in 100 accesses, by the most entries"),
        h("thead", [h("tr", [h("th", { scope: "col" }, "policy"), ...head])]),
        h("tbody", rows),
      ]),
    ],
  );
}
