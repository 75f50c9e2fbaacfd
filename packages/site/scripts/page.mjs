// Makes a page of the site of a page of the repository: its links lead to pages, and it says where it was written.
import { posix } from "node:path";
import { pageOf, REPOSITORY } from "./places.mjs";

/** The longest description of a page, in characters: search engines show no more. */
const MAX_DESCRIPTION = 160;

/** A link of a page as it is on the site: to another page, or to the file in the repository. */
function linkOf(source, link) {
  if (/^[a-z]+:|^#|^\//.test(link)) return link;
  const [path, anchor] = link.split("#");
  const target = posix.join(posix.dirname(source), path);
  const page = pageOf(target);
  const end = anchor === undefined ? "" : `#${anchor}`;
  if (page === undefined) return `${REPOSITORY}/blob/main/${target}${end}`;
  const way = posix.relative(posix.dirname(pageOf(source)), page);
  return `${way.startsWith(".") ? way : `./${way}`}${end}`;
}

const CODE = /^```[\s\S]*?^```$/gm;

/** Text with all but its blocks of code changed by `change`. */
function outsideOfCode(text, change) {
  const code = text.match(CODE) ?? [];
  const parts = text.split(CODE).map(change);
  return parts.map((part, at) => part + (code[at] ?? "")).join("");
}

/** What a paragraph says, without the marks of Markdown. */
const plain = (text) =>
  text
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
    .replaceAll(/[`*]/g, "")
    .replaceAll(/\s+/g, " ")
    .trim();

/** The first sentences of a page, as far as they fit. */
function descriptionOf(text) {
  const lines = text.replaceAll(CODE, "").split("\n");
  const first = lines.map((line) => line.replace(/^\*\*Context\.\*\* ?/, "")).find((line) => /^[\p{L}*[`]/u.test(line));
  // Quotes end an attribute.
  const said = plain(first ?? titleOf(text))
    .replace(/:$/, ".")
    .replaceAll('"', "'");
  const sentences = said.split(/(?<=[.!?])\s+/);
  const fitting = sentences.filter((_, at) => sentences.slice(0, at + 1).join(" ").length <= MAX_DESCRIPTION);
  return fitting.length > 0 ? fitting.join(" ") : `${said.slice(0, MAX_DESCRIPTION - 4)} ...`;
}

/** The title of a page. */
export const titleOf = (text) => plain(/^# (.*)$/m.exec(text)?.[1] ?? "");

/** A page with what the site says about it at its head. */
export function withFrontMatter(text, facts) {
  const lines = Object.entries(facts).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `---\n${lines.join("\n")}\n---\n\n${text}`;
}

/** A comment `<!-- site: Name -->`, which a code host does not show, is a component of the site's theme. */
const COMPONENT = /^<!-- site: ([A-Z]\w+) -->$/gm;
/** A component gets the room of the outline. */
const WITH_COMPONENT = { aside: false, pageClass: "with-component" };

/** @param source path of the file in the repository */
export function pageFrom(source, text) {
  const linked = outsideOfCode(text, (part) =>
    part
      .replaceAll(COMPONENT, "<$1 />")
      .replaceAll(/(\]\()([^()\s]+)(\))/g, (_, before, link, after) => before + linkOf(source, link) + after),
  );
  const room = text.search(COMPONENT) >= 0 ? WITH_COMPONENT : {};
  return withFrontMatter(linked, { description: descriptionOf(text), source, ...room });
}
