// Reads every public name and its comment from the sources, and writes them down as JSON, without what a page looks like.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { Application, Converter, ReflectionKind as Kind } from "typedoc";
import { ROOT } from "../places.mjs";
import { codeOf } from "./code.mjs";
import { ENTRIES } from "./entries.mjs";
import { targetOf, wordsOf } from "./words.mjs";

const TAGS = ["@defaultValue", "@example", "@param", "@returns", "@see", "@since", "@throws"];
const WORDS = new Map([
  [Kind.Class, "class"],
  [Kind.Function, "function"],
  [Kind.Interface, "interface"],
  [Kind.TypeAlias, "type"],
  [Kind.Variable, "constant"],
]);

/** The code of each declaration, by what TypeDoc makes of it. */
const codes = new Map();

async function convert() {
  const application = await Application.bootstrap({
    entryPoints: ENTRIES.map(({ source }) => join(ROOT, source)),
    tsconfig: join(ROOT, "tsconfig.json"),
    basePath: ROOT,
    skipErrorChecking: true,
    excludeExternals: true,
    excludeInternal: true,
    excludePrivate: true,
    excludeProtected: true,
    jsDocCompatibility: { defaultTag: false },
    sort: ["source-order"],
    disableGit: true,
    sourceLinkTemplate: "{path}",
    blockTags: TAGS,
    modifierTags: ["@internal", "@packageDocumentation"],
    logLevel: "Error",
  });
  application.converter.on(Converter.EVENT_CREATE_DECLARATION, (context, reflection) => {
    const [node] = context.getSymbolFromReflection(reflection)?.declarations ?? [];
    if (node) codes.set(reflection, codeOf(node));
  });
  application.converter.on(Converter.EVENT_CREATE_SIGNATURE, (_context, signature, node) => {
    if (node) codes.set(signature, codeOf(node));
  });
  const project = await application.convert();
  if (!project) throw new Error("The sources could not be read for the reference: the lines above say why.");
  return project;
}

/** Comments of a name: those of its signatures count where it can be called. */
const commentsOf = (reflection) =>
  [reflection.comment, ...signaturesOf(reflection).map(({ comment }) => comment)].filter(Boolean);

const signaturesOf = (reflection) =>
  reflection.signatures ?? reflection.type?.declaration?.signatures ?? [reflection.getSignature].filter(Boolean);

/** What the comments say below a tag, each once. */
function told(comments, tag, where) {
  const texts = comments.flatMap(({ blockTags }) =>
    blockTags.filter((each) => each.tag === tag).map(({ content }) => wordsOf(content, where)),
  );
  return [...new Set(texts)];
}

const paramsOf = (comments, where) =>
  comments.flatMap(({ blockTags }) =>
    blockTags
      .filter(({ tag }) => tag === "@param")
      .map(({ name, content }) => ({ name, words: wordsOf(content, where) })),
  );

/** Of parameters that TypeDoc took the words from. */
function paramsTaken(signatures, where) {
  return signatures.flatMap(({ parameters = [] }) =>
    parameters
      .filter(({ comment }) => comment?.hasVisibleComponent())
      .map(({ name, comment }) => ({ name, words: wordsOf(comment.summary, where) })),
  );
}

/** What is said of a name, of a member, or of an entry. */
function saidOf(reflection, where) {
  const comments = commentsOf(reflection);
  const params = [...paramsTaken(signaturesOf(reflection), where), ...paramsOf(comments, where)];
  return {
    words: [...new Set(comments.map(({ summary }) => wordsOf(summary, where)).filter(Boolean))].join("\n\n"),
    params: [...new Map(params.map((param) => [param.name, param])).values()],
    returns: told(comments, "@returns", where)[0],
    standard: told(comments, "@defaultValue", where)[0],
    throws: told(comments, "@throws", where),
    see: told(comments, "@see", where),
    examples: told(comments, "@example", where),
    since: told(comments, "@since", where)[0],
  };
}

/** The code of a name: each of its signatures, or its declaration. */
function codesOf(reflection) {
  const own = (reflection.signatures ?? []).map((signature) => codes.get(signature)).filter(Boolean);
  return [...new Set(own.length > 0 ? own : [codes.get(reflection)].filter(Boolean))];
}

const isPublic = (reflection) => targetOf(reflection) !== undefined;

function memberOf(reflection, where) {
  const from = reflection.inheritedFrom?.reflection?.parent;
  return {
    name: reflection.name,
    kind: Kind[reflection.kind],
    isOptional: reflection.flags.isOptional,
    code: codesOf(reflection),
    // What another public name has already is not said twice.
    from: from && isPublic(from) ? { name: from.name, ...targetOf(from) } : undefined,
    ...saidOf(reflection, where),
  };
}

/** Members of a class, an interface, or a type that is written as one. */
const membersOf = (reflection) => reflection.children ?? reflection.type?.declaration?.children ?? [];

function nameOf(reflection, where, { since }) {
  const said = saidOf(reflection, where);
  const [source] = reflection.sources ?? [];
  return {
    name: reflection.name,
    kind: WORDS.get(reflection.kind),
    code: codesOf(reflection),
    source: source && { file: source.fileName, line: source.line },
    ...said,
    since: said.since ?? since,
    members: membersOf(reflection).map((member) => memberOf(member, where)),
  };
}

function entryOf(module, { entry, page }) {
  const said = saidOf(module, page);
  const [own, others] = [[], []];
  for (const child of module.children ?? []) {
    const target = child.kind === Kind.Reference ? child.tryGetTargetReflectionDeep() : child;
    const home = targetOf(target);
    if (home === undefined) continue;
    if (home.page === page) own.push(nameOf(target, page, said));
    else others.push({ name: child.name, kind: WORDS.get(target.kind), ...home });
  }
  const byName = (one, other) => one.name.localeCompare(other.name, "en");
  return { entry, page, words: said.words, since: said.since, names: own.sort(byName), others: others.sort(byName) };
}

const project = await convert();
const modules = ENTRIES.map((entry) => [entry, moduleOf(project, entry)]);

/** The module of an entry, by the file that it is read from. */
function moduleOf({ children }, { source }) {
  const isIt = ({ sources }) => sources?.[0]?.fileName === source;
  const module = children.find(isIt);
  if (!module) throw new Error(`TypeDoc gave no module for ${source}.`);
  return module;
}

const model = modules.map(([entry, module]) => entryOf(module, entry));
settleMembers(model.flatMap(({ names }) => names));

/** A member stands where it was first declared. Types that are made of each other may say so in a circle: then it stands in each. */
function settleMembers(names) {
  const owners = new Map(
    names.map((each) => [each.name, new Map(each.members.map((member) => [member.name, member.from]))]),
  );
  const homeOf = (owner, name) => {
    const seen = new Set([owner]);
    let home;
    for (let from = owners.get(owner)?.get(name); from; from = owners.get(from.name)?.get(name)) {
      if (seen.has(from.name)) return undefined;
      seen.add(from.name);
      home = from;
    }
    return home;
  };
  for (const { name, members } of names) for (const member of members) member.from = homeOf(name, member.name);
}

writeFileSync(process.argv[2], JSON.stringify(model, null, 1));
