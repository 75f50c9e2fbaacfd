import type { Advice } from "../../simulate/index.ts";
import { createEntrySource } from "../entry-source.ts";
import type { DevtoolsSource } from "../source.ts";
import { count } from "./format.ts";
import { varyingPart } from "./varying-part.ts";

/** Keys that are compared, and letters of each. */
const MAX_KEYS = 300;
const MAX_LETTERS = 300;

/** What to change in the app, where no option mends it; empty for other advice. */
export function remedyWords({ kind, misses }: Pick<Advice, "kind" | "misses">, source: DevtoolsSource): string {
  switch (kind) {
    case "no-use":
      return misses.first > 0 ? keyWords(source) : "";
    case "failures":
      return "Find out why the loads fail. Until then, a loader can catch the error and give a substitute that is kept for a short time: setLifetime({ ttl }).";
    case "removals":
      return misses.cleared > misses.deleted
        ? "Do not clear the whole cache: delete the keys that have changed, or set their new values."
        : "Delete a key only when its value has changed, or set the new value in its place.";
    default:
      return "";
  }
}

/** Only who wrote the app knows what its answers depend on. */
function keyWords({ target }: DevtoolsSource): string {
  const labels: string[] = [];
  for (const { label } of createEntrySource(target).rows()) {
    if (labels.push(label.slice(0, MAX_LETTERS)) === MAX_KEYS) break;
  }
  const part = varyingPart(labels);
  if (!part) return "A key should hold what its answer depends on, and nothing else.";
  const left = part.left === 1 ? "1 key" : `${count(part.left)} keys`;
  return `Unstable key: ${part.name} is another one in each of ${count(part.keys)} keys. Leave it out of the key, if the answer does not depend on it: ${left} would be left of these.`;
}
