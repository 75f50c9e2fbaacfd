// The first screen: a row for each article, without data at first. Says when all rows have theirs.
import { createElement, useLayoutEffect } from "react";
import { scriptBegan } from "./began.js";
import { assertNoLoads, SHOWN } from "./articles.js";

let withData = 0;
let told;
/** Ms, by both clocks: since the navigation began, and since the first line of the page's script ran. */
const shown = new Promise((resolve) => {
  told = resolve;
});

/** The last of them is in the document, and nothing was painted yet. */
function oneIsShown() {
  if (++withData < SHOWN.length) return;
  const now = performance.now();
  told({ navigation: now, script: now - scriptBegan, began: scriptBegan });
}

/** @param useArticle the hook of a row: its data, or `undefined` */
export function screenOf(useArticle) {
  const Row = ({ id }) => {
    const article = useArticle(id);
    const isShown = article !== undefined;
    useLayoutEffect(() => {
      if (isShown) oneIsShown();
    }, [isShown]);
    return createElement(
      "li",
      undefined,
      createElement("h2", undefined, article?.title ?? "…"),
      createElement("p", undefined, article?.paragraphs[0].text),
    );
  };
  return createElement(
    "ul",
    undefined,
    SHOWN.map((id) => createElement(Row, { key: id, id })),
  );
}

/** Hands the page over to bench/first-data.mjs. @param seed writes articles of a size, and resolves when they are there for good */
export function offer(seed) {
  globalThis.bench = {
    seed,
    async shown() {
      const times = await shown;
      assertNoLoads();
      const titles = [...document.querySelectorAll("h2")].map(({ textContent }) => textContent);
      const expected = SHOWN.map((id) => `Article ${id}`);
      if (titles.join() !== expected.join()) throw new Error(`The page shows ${titles.join()}.`);
      return times;
    },
  };
}
