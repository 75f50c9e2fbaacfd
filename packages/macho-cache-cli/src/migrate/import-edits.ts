// What becomes of the imports of a file: names move to this package, those that are still needed stay.
import type { NodePath } from "@babel/traverse";
import type { ImportDeclaration, Node } from "@babel/types";
import type MagicString from "magic-string";
import { nameInModule } from "./definition.ts";
import { findCode, type SourceFile } from "./source-file.ts";
import { type ImportedSpecifier, specifiersOf, type Use } from "./use.ts";

interface Rename {
  readonly use: Use;
  readonly name: string;
}

/** What becomes of one import. */
interface ImportPlan {
  readonly declaration: NodePath<ImportDeclaration>;
  readonly own: readonly ImportedSpecifier[];
  /** What stands for each of its names. */
  entries: readonly (readonly string[])[];
  /** Names that come to it from elsewhere. */
  readonly more: string[];
  /** Names for an import after it. */
  readonly after: string[];
  readonly target: string;
  readonly isType: boolean;
  /** Whether it is a namespace. */
  readonly isWhole: boolean;
}

/** Where names go that no import of the library asked for. */
const HOME = "macho-cache/react";

export class ImportEdits {
  /** Uses of imported names that have another name now. */
  readonly renames: Rename[] = [];
  /** Names of this package that inserted texts use. */
  readonly extras: string[] = [];
  /** Imports that are still needed. */
  readonly kept = new Set<ImportedSpecifier>();
  readonly specifiers: readonly ImportedSpecifier[];
  #file: SourceFile;
  #packages: Readonly<Record<string, string>>;
  #locals = new Map<string, string>();

  constructor(file: SourceFile, packages: Readonly<Record<string, string>>) {
    this.#file = file;
    this.#packages = packages;
    this.specifiers = specifiersOf(file, packages);
  }

  /** What a name of this package is called in the file. */
  localOf(name: string): string {
    const known = this.#locals.get(name);
    if (known !== undefined) return known;
    const local = this.#existing(name) ?? this.#freeName(name);
    this.#locals.set(name, local);
    return local;
  }

  apply(text: MagicString): void {
    for (const { use, name } of this.renames) this.#renameAt(text, use, name);
    const plans = this.#plans();
    for (const plan of plans) this.#rewrite(text, plan);
  }

  /** What becomes of each import. Names that go to the same place go into the first of them. */
  #plans(): ImportPlan[] {
    const added = new Set<string>();
    const plans = [...new Set(this.specifiers.map(({ declaration }) => declaration))].map((declaration) => {
      const own = this.specifiers.filter((each) => each.declaration === declaration);
      const entries = own.map((each) => (this.#isMoved(each) ? this.#entriesFor(each, added) : []));
      const target = this.#packages[declaration.node.source.value]!;
      const isType = declaration.node.importKind === "type";
      return {
        declaration,
        own,
        entries,
        more: [] as string[],
        after: [] as string[],
        target,
        isType,
        isWhole: own.some((each) => each.isNamespace),
      };
    });
    const homes = plans.filter((plan) => !plan.isType && !plan.isWhole && plan.target === HOME);
    const [home, ...others] = homes;
    for (const other of others) {
      home!.more.push(...other.entries.flat());
      other.entries = other.entries.map(() => []);
    }
    // An import of types, or of a namespace, takes no values: these stand after it.
    const place = home?.more ?? plans.find(({ target }) => target === HOME)?.after;
    place?.push(...this.#extraEntries(added));
    return plans;
  }

  /** The name under which this package is imported already. */
  #existing(name: string): string | undefined {
    for (const statement of this.#file.program.get("body")) {
      if (!statement.isImportDeclaration() || statement.node.importKind === "type") continue;
      if (statement.node.source.value !== HOME) continue;
      const found = statement.get("specifiers").find((each) => nameInModule(each) === name);
      if (found) return found.node.local.name;
    }
    return undefined;
  }

  #freeName(name: string): string {
    if (this.#isFree(name)) return name;
    const other = name.startsWith("use")
      ? `useMacho${name.slice(3)}`
      : `macho${name[0]!.toUpperCase()}${name.slice(1)}`;
    let candidate = /^[A-Z]/.test(name) ? `Macho${name}` : other;
    while (!this.#isFree(candidate)) candidate += "_";
    return candidate;
  }

  /** Whether nothing in the file is called so, apart from imports that go. */
  #isFree(name: string): boolean {
    const { scope } = this.#file.program;
    if (scope.hasGlobal(name)) return false;
    const going = this.specifiers.find(({ local }) => local === name);
    if (going && this.kept.has(going)) return false;
    let isTaken = false;
    scope.path.traverse({
      Scope({ scope: inner }) {
        if (inner.hasOwnBinding(name)) isTaken = true;
      },
    });
    return !isTaken && (going !== undefined || !scope.hasOwnBinding(name));
  }

  /** An import with a name of the user's own keeps it. */
  #localFor(source: ImportedSpecifier, name: string): string {
    return isAliased(source) && !this.kept.has(source) ? source.local : this.localOf(name);
  }

  #renameAt(text: MagicString, { word, source, path }: Use, name: string): void {
    const { start, name: before } = word.node;
    const local = source.isNamespace ? name : this.#localFor(source, name);
    if (local === before) return;
    const { parent } = path;
    if (parent.type === "ObjectProperty" && parent.shorthand) text.appendLeft(start! + before.length, `: ${local}`);
    else text.update(start!, start! + before.length, local);
  }

  #rewrite(text: MagicString, plan: ImportPlan): void {
    const { declaration, own, entries, more, after, target, isType, isWhole } = plan;
    if (after.length > 0) this.#insertAfter(text, declaration, HOME, false, after);
    const going = own.filter((each) => !this.kept.has(each));
    const isGone = going.length === own.length;
    const flat = [...entries.flat(), ...more];
    if (isWhole) {
      if (isGone) replaceSource(text, declaration, target);
    } else if (!isGone) {
      if (flat.length > 0) this.#insertAfter(text, declaration, target, isType, flat);
      removeSpecifiers(text, declaration, going, own);
    } else if (flat.length === 0) removePart(text, declaration.node.start!, declaration.node.end!);
    else if (own.every(({ path }) => path.isImportSpecifier())) {
      replaceSource(text, declaration, target);
      replaceEntries(text, own, entries, more);
    } else
      text.update(declaration.node.start!, declaration.node.end!, this.#importText(declaration, target, isType, flat));
  }

  #isMoved(source: ImportedSpecifier): boolean {
    return this.renames.some(({ use }) => use.source === source);
  }

  #entriesFor(source: ImportedSpecifier, added: Set<string>): string[] {
    const names = new Set(this.renames.filter(({ use }) => use.source === source).map(({ name }) => name));
    const isType = source.path.isImportSpecifier() && source.path.node.importKind === "type";
    return [...names].flatMap((name) => {
      const local = this.#localFor(source, name);
      if (local === this.#existing(name) || added.has(local)) return [];
      added.add(local);
      return [`${isType ? "type " : ""}${local === name ? name : `${name} as ${local}`}`];
    });
  }

  #extraEntries(added: ReadonlySet<string>): string[] {
    const names = [...new Set(this.extras)].filter((name) => !added.has(this.localOf(name)) && !this.#existing(name));
    return names.map((name) => this.#entry(name));
  }

  #entry(name: string): string {
    const local = this.localOf(name);
    return local === name ? name : `${name} as ${local}`;
  }

  #insertAfter(
    text: MagicString,
    declaration: NodePath<ImportDeclaration>,
    target: string,
    isType: boolean,
    entries: readonly string[],
  ): void {
    const newline = this.#file.text.includes("\r\n") ? "\r\n" : "\n";
    text.appendLeft(declaration.node.end!, newline + this.#importText(declaration, target, isType, entries));
  }

  /** In the style of the import beside it. */
  #importText(
    { node }: NodePath<ImportDeclaration>,
    target: string,
    isType: boolean,
    entries: readonly string[],
  ): string {
    const quote = this.#file.text[node.source.start!]!;
    const end = this.#file.text[node.end! - 1] === ";" ? ";" : "";
    return `import ${isType ? "type " : ""}{ ${entries.join(", ")} } from ${quote}${target}${quote}${end}`;
  }
}

function isAliased({ name, local }: ImportedSpecifier): boolean {
  return name !== "default" && name !== "*" && name !== local;
}

function replaceSource(text: MagicString, { node }: NodePath<ImportDeclaration>, target: string): void {
  // The quotes stay.
  text.update(node.source.start! + 1, node.source.end! - 1, target);
}

/** Names change where they stand, so that the layout and comments stay. */
function replaceEntries(
  text: MagicString,
  own: readonly ImportedSpecifier[],
  entries: readonly (readonly string[])[],
  extra: readonly string[],
): void {
  const gone: Node[] = [];
  let last: Node | undefined;
  own.forEach(({ path: { node } }, index) => {
    const named = entries[index]!;
    if (named.length === 0) return void gone.push(node);
    last = node;
    const before = text.original.slice(node.start!, node.end!);
    const after = named.join(", ");
    if (before !== after) text.update(node.start!, node.end!, after);
  });
  const all = own.map(({ path: { node } }) => node);
  removeFromList(text, gone, all);
  if (extra.length === 0) return;
  if (last) text.appendLeft(last.end!, `, ${extra.join(", ")}`);
  else text.appendLeft(all[0]!.start!, extra.join(", "));
}

function removeSpecifiers(
  text: MagicString,
  declaration: NodePath<ImportDeclaration>,
  going: readonly ImportedSpecifier[],
  own: readonly ImportedSpecifier[],
): void {
  const named = own.filter(({ path }) => path.isImportSpecifier());
  const goingNamed = going.filter(({ path }) => path.isImportSpecifier());
  const main = own.find(({ path }) => path.isImportDefaultSpecifier());
  const isMainGoing = main !== undefined && going.includes(main);
  const source = { text: text.original };
  const end = declaration.node.end!;
  if (main && goingNamed.length === named.length && named.length > 0 && !isMainGoing) {
    const close = findCode(source, "}", named.at(-1)!.path.node.end!, end) + 1;
    text.remove(main.path.node.end!, close);
    return;
  }
  if (isMainGoing && named.length > 0)
    text.remove(main.path.node.start!, findCode(source, "{", main.path.node.end!, end));
  const all = named.map(({ path: { node } }) => node);
  removeFromList(
    text,
    goingNamed.map(({ path: { node } }) => node),
    all,
  );
}

/** Some of a list, with their commas. Notes beside them stay. */
function removeFromList(text: MagicString, gone: readonly Node[], all: readonly Node[]): void {
  for (const node of gone) {
    const index = all.indexOf(node);
    const next = all[index + 1];
    const before = all.findLast((each, at) => at < index && !gone.includes(each));
    if (all.slice(index).every((each) => gone.includes(each)))
      text.remove(before ? before.end! : node.start!, node.end!);
    else removePart(text, node.start!, findCode({ text: text.original }, ",", node.end!, next!.start!) + 1);
  }
}

/** A part of a text, with its line where nothing else stands on it, or else with the spaces behind it. */
function removePart(text: MagicString, start: number, end: number): void {
  const { original } = text;
  const before = /[ \t]*$/.exec(original.slice(0, start))![0].length;
  const isFirst = before === start || original[start - before - 1] === "\n";
  const after = /^[ \t]*(\r?\n|$)/.exec(original.slice(end))?.[0].length;
  if (isFirst && after !== undefined) text.remove(start - before, end + after);
  else text.remove(start, end + /^[ \t]*/.exec(original.slice(end))![0].length);
}
