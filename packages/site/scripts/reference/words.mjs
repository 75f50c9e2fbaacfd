// Comments as Markdown for a page.
import { ReflectionKind as Kind } from "typedoc";
import { ENTRIES } from "./entries.mjs";

/** The module that a reflection is in. */
function moduleOf(reflection) {
  for (let each = reflection; each; each = each.parent) if (each.kind === Kind.Module) return each;
  return undefined;
}

/** The anchor of a name, or of a member of it. */
export const anchorOf = (...names) => names.join("-").replaceAll(/[^\w$-]/g, "");

/** Where a public name or its member stands: page and anchor; `undefined` for anything else. */
export function targetOf(reflection) {
  const module = reflection && moduleOf(reflection);
  const home = module && ENTRIES.find(({ source }) => source === module.sources?.[0]?.fileName);
  if (!home) return undefined;
  const names = [];
  for (let each = reflection; each !== module; each = each.parent) {
    // What only holds members has no name of its own.
    if (each.kind !== Kind.TypeLiteral && !each.kindOf(Kind.SomeSignature)) names.unshift(each.name);
  }
  return { page: home.page, anchor: anchorOf(...names.slice(0, 2)) };
}

/** Text that is neither HTML nor an expression of Vue. */
const safe = (text) => text.replaceAll("<", "&lt;").replaceAll("{{", "&#123;&#123;");

/** Pages that a comment names by their file are links. */
const withPages = (text) =>
  text.replaceAll(/\bdocs\/((?:decisions\/)?([\w-]+)\.md)/g, (_, file, name) => {
    const words = file.startsWith("decisions/") ? `decision ${Number(name.slice(0, 4))}` : name.replaceAll("-", " ");
    return `[${words}](../${file})`;
  });

/** A link to what a comment names; the word alone where it is not public. */
function linkOf({ text, target }, page) {
  const words = `\`${text.trim()}\``;
  if (typeof target === "string") return `[${safe(text)}](${target})`;
  const to = typeof target === "object" ? targetOf(target) : undefined;
  if (!to) return words;
  return `[${words}](${to.page === page ? "" : `./${to.page}.md`}#${to.anchor})`;
}

/** @param parts of a comment @param page where they will stand */
export function wordsOf(parts, page) {
  const texts = parts.map((part) => {
    if (part.kind === "inline-tag") return linkOf(part, page);
    return part.kind === "code" ? part.text : withPages(safe(part.text));
  });
  return texts.join("").trim();
}
