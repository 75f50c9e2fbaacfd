// The page that lists the decision records, in their order.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { titleOf, withFrontMatter } from "./page.mjs";
import { ROOT } from "./places.mjs";

const INTRODUCTION =
  "Each record is about one choice that would surprise a reader of the sources: its context, the choice, and its cost.";

export function decisionsPage() {
  const folder = join(ROOT, "docs", "decisions");
  const records = readdirSync(folder)
    .filter((file) => /^\d{4}-.*\.md$/.test(file))
    .toSorted();
  const rows = records.map((file) => {
    const title = titleOf(readFileSync(join(folder, file), "utf8")).replace(/^\d+\. /, "");
    return `| ${Number(file.slice(0, 4))} | [${title}](./${file}) |`;
  });
  const text = ["# Decisions", "", INTRODUCTION, "", "| | record |", "|---:|---|", ...rows, ""].join("\n");
  return withFrontMatter(text, { description: INTRODUCTION });
}
