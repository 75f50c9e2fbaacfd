import { functionsOf } from "../macho/fetchers.ts";
import type { SourceFile } from "../source/source-file.ts";
import { isDeclaredIn, type Reference } from "../source/scope.ts";
import { type FunctionNode, type Node } from "../source/tree.ts";
import { isBundle, isIdentity, isNoKeyPart } from "./names.ts";
import { covers, origin, type Path, type Use, useOf } from "./path.ts";
import { kindOf } from "./variable-kind.ts";

/** Compares what a fetcher uses with what its key holds. */
export class MissingParts {
  readonly #file: SourceFile;
  readonly #owner: FunctionNode;
  readonly #key: Path[] = [];
  readonly #inKey = new Set<Node>();
  /** What is missing of each expression and function that was followed: one that leads to itself adds nothing. */
  readonly #followed = new Map<Node, Path[]>();

  constructor(file: SourceFile, owner: FunctionNode, key: Node) {
    this.#file = file;
    this.#owner = owner;
    this.#addKey(key);
  }

  /** The values that the fetcher uses and that the key lacks, each once. */
  of(fetcher: Node): Path[] {
    const found = new Map<string, Path>();
    const functions = functionsOf(this.#file, fetcher);
    for (const each of functions.flatMap((fn) => this.#missing(fn))) {
      const name = [each.variable.name, ...each.members].join(".");
      if (!found.has(name)) found.set(name, each);
    }
    const paths = Array.from(found.values());
    // `filter` makes `filter.page` needless.
    return paths.filter((path) => !paths.some((other) => other !== path && covers(other, path, () => false, isBundle)));
  }

  /** The values that a key holds, and those of which constants in it are made. A hook's output is a value of its own. */
  #addKey(node: Node): void {
    if (this.#inKey.has(node)) return;
    this.#inKey.add(node);
    for (const { path } of this.#uses(node)) {
      const source = origin(this.#file, path);
      this.#key.push(source);
      const kind = kindOf(this.#file, path.variable);
      // Another name of a member stands for that member alone.
      if ("madeOf" in kind && source.variable === path.variable) this.#addKey(kind.madeOf);
    }
  }

  #uses(node: Node): Use[] {
    const names = this.#file.namesFromOutside(node).filter((name) => name.isRead() && this.#isInOwner(name));
    return names.flatMap((name) => useOf(name) ?? []);
  }

  #isInOwner({ resolved }: Reference): boolean {
    return resolved !== null && isDeclaredIn(resolved, this.#owner);
  }

  #missing(node: Node): Path[] {
    const known = this.#followed.get(node);
    if (known) return known;
    this.#followed.set(node, []);
    const missing = this.#uses(node).flatMap((use) => this.#missingOf(use));
    this.#followed.set(node, missing);
    return missing;
  }

  #missingOf({ path, isCalled }: Use): Path[] {
    const { variable, members } = path;
    const kind = kindOf(this.#file, variable);
    const source = origin(this.#file, path);
    if (this.#key.some((part) => covers(part, source, isIdentity, isBundle))) return [];
    if ("madeOf" in kind) {
      if (source.variable !== variable) return this.#ofOrigin(path, source, isCalled);
      const missing = this.#missing(kind.madeOf);
      // A function is no part of a key: what it uses is.
      return kind.isFunction || missing.length === 0 ? missing : isCalled || isNamedOff(path) ? [] : [path];
    }
    return !kind.changes || isCalled || isNamedOff(path) || isWhole(path, members) ? [] : [path];
  }

  /** Another name of a member: whether it counts is said by where it comes from. */
  #ofOrigin(path: Path, source: Path, isCalled: boolean): Path[] {
    const kind = kindOf(this.#file, source.variable);
    const changes = "madeOf" in kind ? this.#missing(kind.madeOf).length > 0 : kind.changes;
    return !changes || isCalled || isNamedOff(path) || isNamedOff(source) ? [] : [path];
  }
}

function isNamedOff({ variable, members }: Path): boolean {
  return [variable.name, ...members].some(isNoKeyPart);
}

/** All of a component's props are never a part of a key. */
function isWhole({ variable }: Path, members: readonly string[]): boolean {
  return variable.name === "props" && members.length === 0;
}

/** Whether a key is written where the rule can read it: what a parameter brings may hold anything. */
export function isReadable(file: SourceFile, key: Node): boolean {
  const node = file.resolve(key);
  switch (node.type) {
    case "ArrayExpression":
      return node.elements.every((each) => each?.type !== "SpreadElement" || isReadable(file, each.argument));
    case "ConditionalExpression":
      return isReadable(file, node.consequent) && isReadable(file, node.alternate);
    case "LogicalExpression":
      return isReadable(file, node.right) && (node.operator === "&&" || isReadable(file, node.left));
    case "Literal":
    case "TemplateLiteral":
    case "BinaryExpression":
      return true;
    case "Identifier":
      return node.name === "undefined" || isOutside(file, node);
    case "MemberExpression":
      return isOutside(file, node);
    case "CallExpression":
      return isOutside(file, node.callee) && !node.arguments.some(({ type }) => type === "SpreadElement");
    default:
      return false;
  }
}

/** Whether a name comes from outside of every function: a function of that place knows its arguments alone. */
function isOutside(file: SourceFile, expression: Node): boolean {
  let node = expression;
  while (node.type === "MemberExpression" || node.type === "CallExpression")
    node = node.type === "MemberExpression" ? node.object : node.callee;
  if (node.type !== "Identifier") return false;
  return file.variable(node)?.scope.type === "module";
}
