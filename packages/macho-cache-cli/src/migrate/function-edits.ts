// Functions whose arguments have another shape here.
import type { Binding, NodePath } from "@babel/traverse";
import type { Function, Identifier, Node, ObjectPattern, ObjectProperty } from "@babel/types";
import type { FileMigration } from "./file-migration.ts";
import { findCode } from "./source-file.ts";

/** Whether a function can be read here: what it is given, and where. */
export function isInlineFunction(path: NodePath): path is NodePath<Function> {
  return path.isFunctionExpression() || path.isArrowFunctionExpression() || path.isObjectMethod();
}

/** A name that means nothing inside of a function, and nothing around it. */
export function freeName(path: NodePath, wanted: string): string {
  let name = wanted;
  const isTaken = (): boolean => {
    if (path.scope.hasBinding(name)) return true;
    let found = false;
    path.traverse({
      Identifier({ node }) {
        if (node.name === name) found = true;
      },
    });
    return found;
  };
  while (isTaken()) name = `${name}_`;
  return name;
}

/** Where a parameter is used. */
export function referencesOf(path: NodePath, name: string): NodePath[] {
  const binding: Binding | undefined = path.scope.getBinding(name);
  return binding?.constant ? binding.referencePaths : [];
}

/** Whether a parameter is written again: then it is not what it was. */
export function isConstant(path: NodePath, name: string): boolean {
  return path.scope.getBinding(name)?.constant === true;
}

/** The member that is read of a value: `query.state` for `query`. */
export function memberOf(path: NodePath): NodePath | undefined {
  const { parentPath } = path;
  if (!parentPath || path.key !== "object") return undefined;
  if (!parentPath.isMemberExpression() && !parentPath.isOptionalMemberExpression()) return undefined;
  return parentPath.node.computed ? undefined : parentPath;
}

/** The name of the member. */
export function memberName(path: NodePath): string {
  return (path.node as { property: Identifier }).property.name;
}

/** The properties of a pattern, each with a name and a variable; `undefined` where one is computed or a rest. */
export function simplePattern(pattern: ObjectPattern): ObjectProperty[] | undefined {
  const { properties } = pattern;
  const isSimple = properties.every(
    (each) => each.type === "ObjectProperty" && !each.computed && each.key.type === "Identifier",
  );
  return isSimple ? (properties as ObjectProperty[]) : undefined;
}

/** Puts a parameter before the first one. */
export function insertParameter(file: FileMigration, path: NodePath<Function>, text: string): void {
  const [first] = path.node.params;
  if (!first) return;
  const isBare = path.isArrowFunctionExpression() && !hasParentheses(file, path.node, first);
  if (isBare) file.replace(first, `(${text}, ${file.text(first)})`);
  else file.insert(first.start!, `${text}, `);
}

/** `(a) => b`, as against `a => b`. */
export function hasParentheses(file: FileMigration, fn: Node, first: Node): boolean {
  return findCode(file.source, "(", fn.start!, first.start!) >= 0;
}
