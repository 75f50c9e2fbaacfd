import type { TSESTree } from "@typescript-eslint/types";

/** A node of the tree that ESLint, typescript-eslint and oxlint hand out. */
export type Node = TSESTree.Node;
export type Identifier = TSESTree.Identifier;
export type Call = TSESTree.CallExpression | TSESTree.NewExpression;
export type FunctionNode =
  | TSESTree.ArrowFunctionExpression
  | TSESTree.FunctionDeclaration
  | TSESTree.FunctionExpression;

export function isFunction(node: Node | null | undefined): node is FunctionNode {
  return (
    node?.type === "ArrowFunctionExpression" ||
    node?.type === "FunctionDeclaration" ||
    node?.type === "FunctionExpression"
  );
}

export function isIdentifier(node: Node | null | undefined, name?: string): node is Identifier {
  return node?.type === "Identifier" && (name === undefined || node.name === name);
}

/** What stands around an expression and is nothing at run time: types, `!`, the frame of an optional chain. */
export function isWrapping(node: Node | null | undefined): node is Node & { readonly expression: Node } {
  return (
    node?.type === "TSAsExpression" ||
    node?.type === "TSSatisfiesExpression" ||
    node?.type === "TSNonNullExpression" ||
    node?.type === "TSTypeAssertion" ||
    node?.type === "ChainExpression"
  );
}

/** The expression inside of its wrappings. */
export function unwrap(node: Node): Node {
  return isWrapping(node) ? unwrap(node.expression) : node;
}

/** The outermost wrapping of an expression, or the expression itself. */
export function wrapped(node: Node): Node {
  return isWrapping(node.parent) ? wrapped(node.parent) : node;
}

/** The name of a member, where the text says it: `a.b`, `a["b"]`, `{ b: 1 }`. */
export function memberName(node: TSESTree.MemberExpression | TSESTree.Property): string | undefined {
  const name = node.type === "MemberExpression" ? node.property : node.key;
  if (!node.computed && name.type === "Identifier") return name.name;
  return name.type === "Literal" && typeof name.value === "string" ? name.value : undefined;
}

/** The value of a property of an object as written; `undefined` where it is not written there. */
export function propertyOf(object: TSESTree.ObjectExpression, name: string): Node | undefined {
  const found = object.properties.findLast((each) => each.type === "Property" && memberName(each) === name);
  return found?.type === "Property" ? found.value : undefined;
}

export function hasSpread(object: TSESTree.ObjectExpression): boolean {
  return object.properties.some(({ type }) => type === "SpreadElement");
}

/** The innermost node around a node that is as asked. */
export function around<T extends Node>(node: Node, is: (each: Node) => each is T): T | undefined;
export function around(node: Node, is: (each: Node) => boolean): Node | undefined;
export function around(node: Node, is: (each: Node) => boolean): Node | undefined {
  let each = node.parent;
  while (each && !is(each)) each = each.parent;
  return each ?? undefined;
}

/** The function around a node. */
export function functionAround(node: Node): FunctionNode | undefined {
  return around(node, isFunction);
}

export function isInside(node: Node, outer: Node): boolean {
  return node.range[0] >= outer.range[0] && node.range[1] <= outer.range[1];
}

/** The name by which a function is called: `useState`, also of `React.useState`. */
export function calledName(call: Node): string | undefined {
  if (call.type !== "CallExpression" && call.type !== "NewExpression") return undefined;
  const callee = unwrap(call.callee);
  if (callee.type === "Identifier") return callee.name;
  return callee.type === "MemberExpression" ? memberName(callee) : undefined;
}

export function isHookName(name: string | undefined): boolean {
  return name !== undefined && /^use[A-Z0-9]/.test(name);
}
