// What the page of an entry says of one name.
import { anchorOf } from "./words.mjs";

const fence = (codes) => ["```ts", ...codes.join("\n\n").split("\n"), "```", ""];

/** A link to the description of a public name. */
const linkTo = (name, page, { homes }) => {
  const home = homes.get(name);
  return `[\`${name}\`](${home === page ? "" : `./${home}.md`}#${name})`;
};

/** Public names that some code mentions, apart from those around it. */
function mentioned(codes, around, page, context) {
  const words = new Set(codes.join(" ").match(/\b[A-Za-z]\w+\b/g));
  const names = [...words].filter((word) => context.homes.has(word) && !around.includes(word));
  return names.length === 0 ? [] : [`See ${names.map((name) => linkTo(name, page, context)).join(", ")}.`, ""];
}

const codeLink = (code) => `[\`${code}\`](../errors/${code}.md)`;

/** The words of `@throws`, where each code leads to its page. */
function errorWords(text, page, context) {
  return text
    .replaceAll(/"([\w-]+)"/g, (all, code) => (context.codes.includes(code) ? codeLink(code) : all))
    .replaceAll(/\bMacho(?:Option)?Error\b/g, (name) => {
      return name === "MachoOptionError"
        ? `${linkTo(name, page, context)} ${codeLink("invalid-option")}`
        : linkTo(name, page, context);
    });
}

/** A value as code, and words as they are. */
function standardWords(text) {
  const [, value, rest] = /^(true|false|-?[\d_.]+|Infinity|"[^"]*"|\[\]|\{\}|null)(?![\w`])(.*)$/s.exec(text) ?? [];
  return value === undefined ? text : `\`${value}\`${rest}`;
}

/** A list below a word. */
const list = (title, items) =>
  items.length === 0 ? [] : [`**${title}**`, "", ...items.map((item) => `- ${item}`), ""];

function facts({ standard, params, returns, throws, see, examples, isOptional, isOption }, page, context) {
  const shown = params.filter(({ name, words }) => words && !name.startsWith("__"));
  const errors = throws.map((text) => errorWords(text, page, context));
  return [
    ...(standard ? [`**Default:** ${standardWords(standard)}`, ""] : []),
    ...(isOption && !isOptional ? ["**Required.**", ""] : []),
    ...list(
      "Parameters",
      shown.map(({ name, words }) => `\`${name}\`: ${words}`),
    ),
    ...(returns ? [`**Returns** ${returns}`, ""] : []),
    ...(errors.length === 1 ? [`**Throws** ${errors[0]}`, ""] : list("Throws", errors)),
    ...see.flatMap((text) => [`See also ${text}.`, ""]),
    ...examples.flatMap((text) => [text.replace(/^```ts\n/, "```tsx\n"), ""]),
  ];
}

function memberPart(member, owner, page, context) {
  const { name, code, words, since } = member;
  const isOption = /Options$|Props$/.test(owner.name) && member.kind === "Property";
  return [
    `### ${safeWord(name)} {#${anchorOf(owner.name, name)}}`,
    "",
    ...fence(code),
    ...(words ? [words, ""] : []),
    ...facts({ ...member, isOption }, page, context),
    ...(since ? [`Since ${since}.`, ""] : []),
    ...mentioned(code, [owner.name, name], page, context),
  ];
}

/** Members that another public name has already, by that name. */
function inherited(members) {
  return [...groups(members)].flatMap(([name, some]) => {
    const { page, anchor } = some[0].from;
    const links = some.map((member) => `[\`${member.name}\`](./${page}.md#${anchorOf(name, member.name)})`);
    return [`From [\`${name}\`](./${page}.md#${anchor.split("-")[0]}): ${links.join(", ")}.`, ""];
  });
}

function groups(members) {
  const all = new Map();
  for (const member of members) all.set(member.from.name, [...(all.get(member.from.name) ?? []), member]);
  return all;
}

/** A word as a heading takes it. */
const safeWord = (word) => word.replaceAll(/[[\]<]/g, (sign) => (sign === "<" ? "&lt;" : `\\${sign}`));

/** The lines of a name. */
export function namePart(each, page, context) {
  const { name, kind, code, words, since, source, members } = each;
  const own = members.filter(({ from }) => !from);
  return [
    `## ${name} {#${name}}`,
    "",
    [kind, since && `since ${since}`, source && `[source](${context.sourceOf(source)})`].filter(Boolean).join(" · "),
    "",
    ...(words ? [words, ""] : []),
    ...fence(code),
    ...(name === "MachoErrorCode" ? list("A page for each code", context.codes.map(codeLink)) : []),
    ...facts(each, page, context),
    ...mentioned(code, [name], page, context),
    ...inherited(members.filter(({ from }) => from)),
    ...own.flatMap((member) => memberPart(member, each, page, context)),
  ];
}
