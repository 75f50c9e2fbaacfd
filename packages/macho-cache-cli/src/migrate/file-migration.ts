import type { NodePath } from "@babel/traverse";
import type { Node } from "@babel/types";
import { MagicString } from "magic-string";
import { definitionOf, type Definition, importedName, type ImportedName } from "./definition.ts";
import type { Finding, Remark } from "./finding.ts";
import { ImportEdits } from "./import-edits.ts";
import type { Library, Survey } from "./library.ts";
import type { Project } from "./project.ts";
import { type SourceFile, textOf } from "./source-file.ts";
import type { ImportedSpecifier, Use } from "./use.ts";

type Edit = (text: MagicString) => void;

/** One file while it is rewritten: what changes at which places, and what is left for a person. */
export class FileMigration {
  readonly source: SourceFile;
  readonly project: Project;
  readonly library: Library;
  readonly survey: Survey;
  readonly findings: Finding[] = [];
  readonly imports: ImportEdits;
  /** The first node in whose place another text was put. */
  firstChange: Node | undefined;
  #edits: Edit[] = [];
  /** These go in last: what is removed takes along what stands at its ends. */
  #inserts: Edit[] = [];
  #lastInserts: Edit[] = [];
  /** What came of what several places share. */
  #outcomes = new Map<Node, boolean>();

  constructor(source: SourceFile, project: Project, library: Library, survey: Survey) {
    this.source = source;
    this.project = project;
    this.library = library;
    this.survey = survey;
    this.imports = new ImportEdits(source, library.packages);
  }

  /** How many places change. */
  get changeCount(): number {
    return this.#edits.length + this.#inserts.length + this.imports.renames.length;
  }

  /** Puts a text in the place of a node. */
  replace(node: Pick<Node, "start" | "end">, text: string): void {
    const { start, end } = node;
    if ("type" in node) this.firstChange ??= node as Node;
    this.#edits.push((all) => void all.update(start!, end!, text));
  }

  /** Puts a text before a place. */
  insert(at: number, text: string): void {
    this.#inserts.push((all) => void all.appendLeft(at, text));
  }

  /** Puts a text before a place, after all else that is put there. */
  insertLast(at: number, text: string): void {
    this.#lastInserts.push((all) => void all.appendRight(at, text));
  }

  remove(start: number, end: number): void {
    this.#edits.push((all) => void all.remove(start, end));
  }

  /** Puts another name in the place of an imported one. */
  rename(use: Use, name: string): void {
    this.imports.renames.push({ use, name });
  }

  /** Puts a text with a name of this package before a place, and imports that name. */
  insertNamed(at: number, name: string, textFor: (local: string) => string): void {
    this.imports.extras.push(name);
    this.#inserts.push((all) => void all.appendLeft(at, textFor(this.imports.localOf(name))));
  }

  text(node: Node): string {
    return textOf(this.source, node);
  }

  /** Notes a line that needs a person. */
  leave(node: Node, remark: Remark): false {
    const { line, column } = node.loc!.start;
    this.findings.push({ file: this.source.name, line, column: column + 1, ...remark });
    return false;
  }

  /** @returns what `run` says; where that is false, nothing of it changes */
  attempt(run: () => boolean): boolean {
    const edits = this.#edits.length;
    const inserts = this.#inserts.length;
    const renames = this.imports.renames.length;
    const extras = this.imports.extras.length;
    const outcomes = this.#outcomes.size;
    if (run()) return true;
    this.#edits.length = edits;
    this.#inserts.length = inserts;
    this.imports.renames.length = renames;
    this.imports.extras.length = extras;
    for (const node of [...this.#outcomes.keys()].slice(outcomes)) this.#outcomes.delete(node);
    return false;
  }

  /** Rewrites once what several places share. @returns what came of it the first time */
  once(node: Node, run: () => boolean): boolean {
    const known = this.#outcomes.get(node);
    if (known !== undefined) return known;
    const outcome = run();
    this.#outcomes.set(node, outcome);
    return outcome;
  }

  /** What an expression of this file stands for. */
  definition(path: NodePath): Definition | undefined {
    return definitionOf(this.project, { file: this.source, path });
  }

  /** The name of the library that an expression stands for. */
  libraryName(path: NodePath): string | undefined {
    return libraryNameOf(this.library, importedName(path));
  }

  /** A name of the library that stays imported. */
  keep(specifier: ImportedSpecifier): void {
    this.imports.kept.add(specifier);
  }

  /** The text with all changes. */
  finish(): string {
    const text = new MagicString(this.source.text);
    for (const edit of this.#edits) edit(text);
    this.imports.apply(text);
    for (const insert of this.#inserts) insert(text);
    for (const insert of this.#lastInserts) insert(text);
    return text.toString();
  }
}

/** The name, if it comes from one of the library's packages; `swr/infinite` is told apart by its module. */
export function libraryNameOf({ packages }: Library, from: ImportedName | undefined): string | undefined {
  if (!from || !Object.hasOwn(packages, from.module)) return undefined;
  return from.name === "default" ? from.module : from.name;
}
