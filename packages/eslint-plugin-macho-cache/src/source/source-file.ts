import type { Context } from "./rule.ts";
import type { Reference, Scope, Variable } from "./scope.ts";
import { type Identifier, isIdentifier, isInside, memberName, type Node, unwrap } from "./tree.ts";

const PACKAGE = /^macho-cache(\/|$)/;
/** A chain of constants that is longer has a cycle, or is nobody's code. */
const MAX_STEPS = 20;

/** One file per program: the rules share what is found out. */
const files = new WeakMap<Node, SourceFile | { readonly isOthers: true }>();

/** A file that imports from macho-cache: what its names stand for. */
export class SourceFile {
  readonly #references = new Map<Node, Reference>();
  readonly #declared = new Map<Node, Variable>();
  readonly #scopes: readonly Scope[];

  constructor(context: Context) {
    this.#scopes = context.sourceCode.scopeManager?.scopes ?? [];
    for (const { references, set } of this.#scopes) {
      for (const reference of references) this.#references.set(reference.identifier, reference);
      for (const variable of set.values()) for (const { name } of variable.defs) this.#declared.set(name, variable);
    }
  }

  /** The file that is linted; `undefined` where it imports nothing from macho-cache, so that it costs nothing. */
  static of(context: Context): SourceFile | undefined {
    const { ast } = context.sourceCode;
    const known = files.get(ast) ?? (importsMacho(ast) ? new SourceFile(context) : { isOthers: true });
    files.set(ast, known);
    return known instanceof SourceFile ? known : undefined;
  }

  /** The variable that a name stands for; `undefined` for a global. */
  variable(identifier: Node): Variable | undefined {
    const variable = this.#references.get(identifier)?.resolved;
    return variable && variable.defs.length > 0 ? variable : undefined;
  }

  /** The variable that a name declares. */
  declared(name: Node): Variable | undefined {
    return this.#declared.get(name);
  }

  /** Whether a name is declared around a node, in `outer` or inside of it. */
  isNameTaken(name: string, at: Node, outer: Node): boolean {
    return this.#scopes.some(({ set, block }) => set.has(name) && isInside(at, block) && isInside(block, outer));
  }

  /** Whether a name is the page's own, such as `fetch`. */
  isGlobal(node: Node, name: string): boolean {
    return isIdentifier(node, name) && this.variable(node) === undefined;
  }

  /** The names that are used inside of a node and come from outside of it. */
  namesFromOutside(node: Node): Reference[] {
    return Array.from(this.#references.values()).filter(
      ({ identifier, resolved, isTypeReference }) =>
        isInside(identifier, node) &&
        isTypeReference !== true &&
        identifier.parent.type !== "TSTypeQuery" &&
        !resolved?.defs.some(({ name }) => isInside(name, node)),
    );
  }

  /** The expression that a constant stands for, through any number of constants; else the expression itself. */
  resolve(expression: Node): Node {
    let node = unwrap(expression);
    for (let steps = 0; steps < MAX_STEPS && node.type === "Identifier"; steps++) {
      const value = this.#valueOf(node);
      if (!value) break;
      node = unwrap(value);
    }
    return node;
  }

  /** The name in macho-cache of what an expression stands for: of an import, by any name, or of a part of one. */
  machoName(expression: Node): string | undefined {
    const node = this.resolve(expression);
    if (node.type === "Identifier") return this.#importedName(node);
    if (node.type !== "MemberExpression" || node.object.type !== "Identifier") return undefined;
    return this.#importedName(node.object) === "*" ? memberName(node) : undefined;
  }

  /** The value of a constant, or a function by its name. */
  #valueOf(identifier: Identifier): Node | undefined {
    const definition = this.variable(identifier)?.defs[0];
    if (definition?.type === "FunctionName") return definition.node;
    const { node } = definition ?? {};
    if (node?.type !== "VariableDeclarator" || node.parent.type !== "VariableDeclaration") return undefined;
    return node.parent.kind === "const" && node.id.type === "Identifier" ? (node.init ?? undefined) : undefined;
  }

  /** `"*"` for all of a module. */
  #importedName(identifier: Identifier): string | undefined {
    const definition = this.variable(identifier)?.defs[0];
    const { node, parent } = definition ?? {};
    if (parent?.type !== "ImportDeclaration" || !PACKAGE.test(parent.source.value)) return undefined;
    if (node?.type === "ImportNamespaceSpecifier") return "*";
    if (node?.type !== "ImportSpecifier") return undefined;
    return node.imported.type === "Identifier" ? node.imported.name : node.imported.value;
  }
}

function importsMacho(program: Node): boolean {
  return (
    program.type === "Program" &&
    program.body.some((each) => each.type === "ImportDeclaration" && PACKAGE.test(each.source.value))
  );
}
