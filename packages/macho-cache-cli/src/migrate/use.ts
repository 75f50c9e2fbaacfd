import type { NodePath } from "@babel/traverse";
import type { Identifier, ImportDeclaration, JSXIdentifier, Node } from "@babel/types";
import { nameInModule } from "./definition.ts";
import type { SourceFile } from "./source-file.ts";

/** One place at which an imported name stands. */
export interface Use {
  readonly module: string;
  /** The name in its module; `default` and `*` included. */
  readonly name: string;
  /** The whole of it: `useQuery`, or `RQ.useQuery` of a namespace. */
  readonly path: NodePath;
  /** The part that is renamed. */
  readonly word: NodePath<Identifier | JSXIdentifier>;
  readonly source: ImportedSpecifier;
}

/** One name of an import. */
export interface ImportedSpecifier {
  readonly path: NodePath;
  readonly declaration: NodePath<ImportDeclaration>;
  readonly local: string;
  readonly name: string;
  readonly isNamespace: boolean;
}

/** The imports of packages. */
export function specifiersOf(file: SourceFile, packages: Readonly<Record<string, string>>): ImportedSpecifier[] {
  return file.program.get("body").flatMap((declaration) => {
    if (!declaration.isImportDeclaration() || !Object.hasOwn(packages, declaration.node.source.value)) return [];
    return declaration.get("specifiers").map((path) => {
      const name = nameInModule(path);
      return { path, declaration, local: path.node.local.name, name, isNamespace: name === "*" };
    });
  });
}

/** Every place at which an imported name stands, in types as well. */
export function usesOf(file: SourceFile, source: ImportedSpecifier): Use[] {
  const words: NodePath<Identifier | JSXIdentifier>[] = [];
  const note = (path: NodePath<Identifier | JSXIdentifier>): void => {
    if (path.node.name === source.local && isUse(file, path)) words.push(path);
  };
  file.program.traverse({ Identifier: note, JSXIdentifier: note });
  return words.map((word) => useAt(source, word));
}

/** Whether a word means what stands at the top of the file under this name. */
function isUse(file: SourceFile, path: NodePath<Identifier | JSXIdentifier>): boolean {
  if (path.scope.getBinding(path.node.name)?.scope !== file.program.scope) return false;
  const { parentPath, key } = path;
  if (!parentPath || path.findParent((each) => each.isImportDeclaration())) return false;
  if (path.isJSXIdentifier())
    return !parentPath.isJSXAttribute() && !(parentPath.isJSXMemberExpression() && key === "property");
  if (parentPath.isTSQualifiedName()) return key === "left";
  return parentPath.isTSTypeQuery() || isReferenced(path.node as Identifier, parentPath);
}

/** Not the name of a property, and not a name that is declared. */
function isReferenced(node: Identifier, { node: parent }: NodePath): boolean {
  const { key, computed, shorthand, id, label } = parent as Node &
    Partial<Record<"key" | "id" | "label", Node>> & { computed?: boolean; shorthand?: boolean };
  if (key === node) return computed === true || shorthand === true;
  if (parent.type === "MemberExpression" || parent.type === "OptionalMemberExpression")
    return parent.object === node || computed === true;
  if (parent.type === "ExportSpecifier") return parent.local === node;
  return id !== node && label !== node;
}

function useAt(source: ImportedSpecifier, word: NodePath<Identifier | JSXIdentifier>): Use {
  const module = source.declaration.node.source.value;
  if (!source.isNamespace) return { module, name: source.name, path: word, word, source };
  const owner: NodePath = word.parentPath;
  const last = lastWord(owner, word);
  return last
    ? { module, name: last.node.name, path: owner, word: last, source }
    : { module, name: "*", path: word, word, source };
}

/** `useQuery` of `RQ.useQuery`, in an expression, an element or a type. */
function lastWord(owner: NodePath, word: NodePath): NodePath<Identifier | JSXIdentifier> | undefined {
  if (owner.isMemberExpression() && word.key === "object" && !owner.node.computed) {
    const property = owner.get("property");
    return property.isIdentifier() ? property : undefined;
  }
  if (owner.isJSXMemberExpression() && word.key === "object") return owner.get("property");
  return owner.isTSQualifiedName() && word.key === "left" ? owner.get("right") : undefined;
}
