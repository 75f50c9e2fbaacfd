// The pages of the reference: one for each entry of the package, and an index of all names.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { withFrontMatter } from "../page.mjs";
import { REPOSITORY, ROOT } from "../places.mjs";
import { referenceModel } from "./made.mjs";
import { namePart } from "./name-part.mjs";

const KINDS = new Map([
  ["class", "Classes"],
  ["function", "Functions"],
  ["constant", "Constants"],
  ["interface", "Interfaces"],
  ["type", "Types"],
]);

/** What brings a name of an entry into a file. */
const importOf = ({ entry, names, others }) => {
  const values = [...names, ...others].filter(({ kind }) => kind === "function" || kind === "class");
  const shown = values.slice(0, 3).map(({ name }) => name);
  return ["```ts", `import { ${shown.join(", ")} } from "${entry}";`, "```", ""];
};

function namesBelow({ names, others }) {
  const lists = [...KINDS].flatMap(([kind, title]) => {
    const some = names.filter((each) => each.kind === kind);
    return some.length === 0 ? [] : [`**${title}:** ${some.map(({ name }) => `[${name}](#${name})`).join(", ")}`, ""];
  });
  if (others.length === 0) return lists;
  const links = others.map(({ name, page, anchor }) => `[${name}](./${page}.md#${anchor})`);
  return [...lists, `**Described with another entry:** ${links.join(", ")}`, ""];
}

function entryPage(entry, context) {
  const { words, since } = entry;
  const head = [`# ${entry.entry}`, "", words, "", ...importOf(entry), since ? `Since ${since}.` : "", ""];
  const lines = [...head, ...namesBelow(entry), ...entry.names.flatMap((name) => namePart(name, entry.page, context))];
  return withFrontMatter(lines.join("\n"), { description: words.replaceAll("`", ""), outline: 2 });
}

/** Every name once, with the entry whose page describes it. */
function indexPage(model) {
  const names = model.flatMap(({ entry, page, names: own }) =>
    own.map(({ name, kind, since }) => ({ name, kind, since, entry, to: `./${page}#${name}` })),
  );
  names.sort((one, other) => one.name.localeCompare(other.name, "en"));
  const rows = model.map(({ entry, page, words, since }) => {
    return `| [${entry}](./${page}.md) | ${words.split(/(?<=\.)\s/)[0]} | ${since} |`;
  });
  const template = readFileSync(join(ROOT, "packages/site/scripts/reference/index-page.md"), "utf8");
  const text = template
    .replace("ENTRIES", () => rows.join("\n"))
    .replace("NAMES", () => JSON.stringify(names, null, 1));
  return withFrontMatter(text, {
    description: "Every public name of macho-cache, by entry and by letter.",
    outline: 2,
  });
}

/** Every page, by its path. */
export function referencePages() {
  const model = referenceModel();
  const homes = new Map(model.flatMap(({ page, names }) => names.map(({ name }) => [name, page])));
  const context = {
    homes,
    codes: codesOf(model),
    sourceOf: ({ file, line }) => `${REPOSITORY}/blob/main/${file}#L${line}`,
  };
  const pages = model.map((entry) => [entry.page, entryPage(entry, context)]);
  const anchors = new Set(pages.flatMap(([page, text]) => anchorsOf(text).map((anchor) => `${page}#${anchor}`)));
  return new Map([
    ["reference/index.md", indexPage(model)],
    ...pages.map(([page, text]) => [`reference/${page}.md`, withoutDeadLinks(text, anchors)]),
  ]);
}

const anchorsOf = (text) => Array.from(text.matchAll(/^#+ .*\{#([^}]+)\}$/gm), ([, anchor]) => anchor);

/** A member that its owner has from a type without a name of its own has no heading: its word alone is left. */
const withoutDeadLinks = (text, anchors) =>
  text.replaceAll(/\[(`[^`\n]+`)\]\(\.\/([\w-]+)\.md#([^)]+)\)/g, (link, word, page, anchor) =>
    anchors.has(`${page}#${anchor}`) ? link : word,
  );

/** Every code of an error. */
function codesOf(model) {
  const all = model.flatMap(({ names }) => names).find(({ name }) => name === "MachoErrorCode");
  return Array.from(all.code[0].matchAll(/"([\w-]+)"/g), ([, code]) => code);
}
