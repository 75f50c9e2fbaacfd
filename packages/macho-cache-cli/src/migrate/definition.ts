// Where a name comes from, through files: `api.todos.list` -> the function.
import type { NodePath } from "@babel/traverse";
import type { Node } from "@babel/types";
import type { Project } from "./project.ts";
import type { SourceFile } from "./source-file.ts";

/** An expression or a declaration, and its file. */
export interface Definition {
  readonly file: SourceFile;
  readonly path: NodePath;
}

/** How many names are followed at most. */
const MAX_STEPS = 12;

/** A name of a package that a file imports. */
export interface ImportedName {
  readonly module: string;
  /** `default` and `*` included. */
  readonly name: string;
}

/** Without what only the checker sees. */
export function plain(path: NodePath): NodePath {
  let inner = path;
  while (
    inner.isTSAsExpression() ||
    inner.isTSSatisfiesExpression() ||
    inner.isTSNonNullExpression() ||
    inner.isTSInstantiationExpression() ||
    inner.isParenthesizedExpression()
  )
    inner = inner.get("expression") as NodePath;
  return inner;
}

/** The name of a package that an expression stands for; `undefined` for anything else. */
export function importedName(given: NodePath): ImportedName | undefined {
  const path = plain(given);
  if (path.isMemberExpression() && !path.node.computed && path.get("property").isIdentifier()) {
    const from = importedName(path.get("object"));
    return from?.name === "*"
      ? { module: from.module, name: (path.node.property as { name: string }).name }
      : undefined;
  }
  if (!path.isIdentifier() && !path.isJSXIdentifier()) return undefined;
  const found = path.scope.getBinding(path.node.name)?.path;
  const declaration = found?.parentPath;
  if (!found || !declaration?.isImportDeclaration()) return undefined;
  return { module: declaration.node.source.value, name: nameInModule(found) };
}

/** What an import takes: `default`, `*`, or a name. */
export function nameInModule(specifier: NodePath): string {
  if (specifier.isImportDefaultSpecifier()) return "default";
  if (!specifier.isImportSpecifier()) return "*";
  const { imported } = specifier.node;
  return imported.type === "Identifier" ? imported.name : imported.value;
}

/** Follows constants, functions, properties and imports of files. A name that is changed somewhere has no definition. */
export function definitionOf(project: Project, from: Definition, steps: number = MAX_STEPS): Definition | undefined {
  const path = plain(from.path);
  const at = { file: from.file, path };
  if (steps === 0) return undefined;
  if (path.isIdentifier()) return ofBinding(project, at, path.node.name, steps - 1);
  if (path.isMemberExpression() || path.isOptionalMemberExpression()) return ofMember(project, at, steps - 1);
  return at;
}

function ofBinding(project: Project, { file, path }: Definition, name: string, steps: number): Definition | undefined {
  const binding = path.scope.getBinding(name);
  if (!binding || !binding.constant) return undefined;
  const found = binding.path;
  if (found.isVariableDeclarator()) {
    const init = found.get("init") as NodePath<Node | null | undefined>;
    if (!found.get("id").isIdentifier() || !init.node) return undefined;
    return definitionOf(project, { file, path: init as NodePath }, steps);
  }
  if (found.isFunctionDeclaration() || found.isClassDeclaration()) return { file, path: found };
  const declaration = found.parentPath;
  if (!declaration?.isImportDeclaration()) return undefined;
  const other = project.imported(file, declaration.node.source.value);
  if (!other) return { file, path: found };
  const wanted = nameInModule(found);
  return wanted === "*" ? { file: other, path: other.program } : exported(project, other, wanted, steps);
}

function ofMember(project: Project, { file, path }: Definition, steps: number): Definition | undefined {
  const { property, computed } = path.node as { property: Node; computed: boolean };
  if (computed || property.type !== "Identifier") return undefined;
  const owner = definitionOf(project, { file, path: path.get("object") as NodePath }, steps);
  if (!owner) return undefined;
  if (owner.path.isProgram()) return exported(project, owner.file, property.name, steps);
  if (!owner.path.isObjectExpression()) return undefined;
  const member = owner.path.get("properties").find((each) => !each.isSpreadElement() && keyOf(each) === property.name);
  if (!member) return undefined;
  if (member.isObjectMethod()) return { file: owner.file, path: member };
  return definitionOf(project, { file: owner.file, path: member.get("value") as NodePath }, steps);
}

/** The name of a property; `undefined` for one that is computed. */
export function keyOf(property: NodePath): string | undefined {
  const { key, computed } = property.node as { key?: Node; computed?: boolean };
  if (key?.type === "StringLiteral") return key.value;
  return key?.type === "Identifier" && !computed ? key.name : undefined;
}

/** What a file exports under a name. */
function exported(project: Project, file: SourceFile, name: string, steps: number): Definition | undefined {
  if (steps <= 0) return undefined;
  for (const statement of file.program.get("body")) {
    const found = exportedBy(project, { file, path: statement }, name, steps);
    if (found) return found;
  }
  return undefined;
}

function exportedBy(project: Project, at: Definition, name: string, steps: number): Definition | undefined {
  const { file, path } = at;
  if (path.isExportDefaultDeclaration() && name === "default")
    return definitionOf(project, { file, path: path.get("declaration") }, steps - 1);
  if (path.isExportAllDeclaration() && name !== "default") {
    const other = project.imported(file, path.node.source.value);
    return other && exported(project, other, name, steps - 1);
  }
  if (!path.isExportNamedDeclaration()) return undefined;
  const declaration = path.get("declaration");
  if (declaration.node) return declared(project, { file, path: declaration as NodePath }, name, steps);
  const specifier = path
    .get("specifiers")
    .find(({ node }) => node.exported.type === "Identifier" && node.exported.name === name);
  if (!specifier?.isExportSpecifier()) return undefined;
  const { local } = specifier.node;
  if (!path.node.source) return ofBinding(project, { file, path: specifier }, local.name, steps - 1);
  const other = project.imported(file, path.node.source.value);
  return other && exported(project, other, local.name, steps - 1);
}

function declared(project: Project, { file, path }: Definition, name: string, steps: number): Definition | undefined {
  if (path.isFunctionDeclaration() || path.isClassDeclaration())
    return path.node.id?.name === name ? { file, path } : undefined;
  if (!path.isVariableDeclaration()) return undefined;
  const found = path.get("declarations").find(({ node }) => node.id.type === "Identifier" && node.id.name === name);
  const init = found?.get("init") as NodePath<Node | null | undefined> | undefined;
  return init?.node ? definitionOf(project, { file, path: init as NodePath }, steps - 1) : undefined;
}

/** The function that a value is, where that is known. */
export function functionOf(project: Project, from: Definition): Definition | undefined {
  const found = definitionOf(project, from);
  return found && (found.path.isFunction() ? found : undefined);
}

/** What a function gives: the expressions after `return`, not those of functions inside. */
export function returnsOf(path: NodePath): NodePath[] {
  const body = path.get("body") as NodePath;
  if (!body.isBlockStatement()) return [body];
  const found: NodePath[] = [];
  body.traverse({
    Function: (inner) => inner.skip(),
    ReturnStatement(statement) {
      const argument = statement.get("argument") as NodePath<Node | null | undefined>;
      if (argument.node) found.push(argument as NodePath);
    },
  });
  return found;
}

/** How many arguments a function reads. */
export function arityOf(path: NodePath): number {
  const { params } = path.node as unknown as { params: Node[] };
  if (params.some(({ type }) => type === "RestElement")) return Infinity;
  return readsArguments(path) ? Infinity : params.length;
}

function readsArguments(path: NodePath): boolean {
  if (path.isArrowFunctionExpression()) return false;
  let found = false;
  path.traverse({
    Identifier({ node }) {
      if (node.name === "arguments") found = true;
    },
  });
  return found;
}
