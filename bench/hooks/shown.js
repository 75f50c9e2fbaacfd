// When, and whether, the page shows what it should.
import { nextTask, rows } from "./list.js";

const PATIENCE = 60_000;

function wrongRow(texts) {
  const elements = rows();
  if (elements.length !== texts.length) return `${elements.length} rows are shown, expected ${texts.length}.`;
  const wrong = texts.findIndex((text, place) => elements[place].textContent !== text);
  return wrong < 0 ? undefined : `Row ${wrong} shows "${elements[wrong].textContent}", expected "${texts[wrong]}".`;
}

export function assertShown(texts) {
  const wrong = wrongRow(texts);
  if (wrong) throw new Error(wrong);
}

function textAppears(element, text) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`"${text}" was not shown.`)), PATIENCE);
    const observer = new MutationObserver(() => {
      if (element.textContent !== text) return;
      observer.disconnect();
      clearTimeout(timer);
      resolve(performance.now());
    });
    observer.observe(element, { characterData: true, childList: true, subtree: true });
  });
}

/** Runs `change` and resolves to the ms until the row at `last` shows its text and all others theirs. */
export async function untilShown(change, texts, last) {
  const appeared = textAppears(rows()[last], texts[last]);
  const began = performance.now();
  change();
  let at = await appeared;
  // The last row may come before others.
  while (wrongRow(texts)) {
    await nextTask();
    at = performance.now();
    if (at - began > PATIENCE) assertShown(texts);
  }
  return at - began;
}
