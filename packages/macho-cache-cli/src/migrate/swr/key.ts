// Keys: what SWR takes for "not yet" is `null` here.
import type { NodePath } from "@babel/traverse";
import type { LogicalExpression, Node, TSType } from "@babel/types";
import { definitionOf, functionOf, plain, returnsOf } from "../definition.ts";
import type { FileMigration } from "../file-migration.ts";
import { findCode } from "../source-file.ts";
import { remark, SECTION } from "./remarks.ts";

/**
 * Makes a key of a key. SWR loads nothing for any falsy key; here an empty string is a key.
 * @returns whether it is one now; otherwise it was remarked on
 */
export function convertKey(file: FileMigration, given: NodePath): boolean {
  return file.attempt(() => convert(file, given)) || leaveKey(file, given);
}

function leaveKey(file: FileMigration, { node }: NodePath): false {
  const isFunction = node.type === "ArrowFunctionExpression" || node.type === "FunctionExpression";
  const why = isFunction
    ? "A function is no key, and what it throws is not taken for not yet."
    : "It is not known here whether this is a string or an array, and whether it may be empty.";
  const remedy = "Write a string or an array, and null, undefined or false for not yet.";
  return file.leave(node, remark("key", why, remedy, SECTION.uses));
}

function convert(file: FileMigration, given: NodePath): boolean {
  const path = plain(given);
  if (isSureKey(file, path) || isNone(path)) return true;
  if (path.isConditionalExpression())
    return [path.get("consequent"), path.get("alternate")].every((each) => convert(file, each));
  if (path.isLogicalExpression({ operator: "&&" })) return convertAnd(file, path);
  if (path.isArrowFunctionExpression()) return convertFunction(file, path);
  if (!path.isIdentifier()) return false;
  if (isText(path)) {
    file.insert(path.node.end!, " || null");
    return true;
  }
  const init = onlyUse(path);
  if (init) return convert(file, init);
  const found = file.definition(path);
  return found?.file === file.source && found.path !== path && isKeyAsItIs(file, found.path);
}

/** Whether nothing has to change for an expression to be a key. */
function isKeyAsItIs(file: FileMigration, path: NodePath): boolean {
  const before = file.changeCount;
  let isSame = false;
  file.attempt(() => {
    isSame = convert(file, path) && file.changeCount === before;
    return false;
  });
  return isSame;
}

/** The value of a variable that is used here alone. */
function onlyUse(path: NodePath): NodePath | undefined {
  if (!path.isIdentifier()) return undefined;
  const binding = path.scope.getBinding(path.node.name);
  const isOnly = binding?.constant === true && binding.referencePaths.length === 1;
  if (!isOnly || !binding.path.isVariableDeclarator() || !binding.path.get("id").isIdentifier()) return undefined;
  const init = binding.path.get("init") as NodePath<Node | null | undefined>;
  return init.node ? (init as NodePath) : undefined;
}

/** `id && key` is `id ? key : null`, unless `id` is `false` where it is falsy. */
function convertAnd(file: FileMigration, path: NodePath<LogicalExpression>): boolean {
  const { left, right } = path.node;
  if (!convert(file, path.get("right"))) return false;
  if (isBoolean(left)) return true;
  const at = findCode(file.source, "&&", left.end!, right.start!);
  file.replace({ start: at, end: at + 2 }, "?");
  // Behind the parentheses of the right side, which are within the whole.
  file.insert(path.node.end!, " : null");
  return true;
}

function isBoolean(node: Node): boolean {
  if (node.type === "UnaryExpression") return node.operator === "!";
  if (node.type === "LogicalExpression") return isBoolean(node.left) && isBoolean(node.right);
  return (
    node.type === "BooleanLiteral" ||
    (node.type === "BinaryExpression" && /^([!=]==?|[<>]=?|in|instanceof)$/.test(node.operator))
  );
}

/** `() => (user ? ["films", user.id] : null)`, where nothing can throw. */
function convertFunction(file: FileMigration, path: NodePath): boolean {
  const { params, body, async } = path.node as unknown as { params: Node[]; body: Node; async: boolean };
  if (async || params.length > 0 || body.type === "BlockStatement") return false;
  const inner = path.get("body") as NodePath;
  if (mayThrow(file, inner) || !convert(file, inner)) return false;
  const arrow = findCode(file.source, "=>", path.node.start!, body.start!) + 2;
  const space = /^\s*/.exec(file.source.text.slice(arrow))![0].length;
  file.remove(path.node.start!, arrow + space);
  return true;
}

/** Whether a member is read of something that was not tested before. */
function mayThrow(file: FileMigration, path: NodePath): boolean {
  let found = false;
  const test = path.isConditionalExpression() || path.isLogicalExpression() ? testOf(path) : undefined;
  const tested = new Set(test ? file.text(test.node).split(/\s*&&\s*/) : []);
  const check = (member: NodePath): void => {
    const { object, optional } = member.node as { object: Node; optional?: boolean };
    const isKnown = optional === true || tested.has(file.text(object)) || isResult(member.get("object") as NodePath);
    if (!isKnown) found = true;
  };
  path.traverse({
    MemberExpression: check,
    OptionalMemberExpression: check,
    CallExpression() {
      found = true;
    },
  });
  return found || path.isMemberExpression() || path.isCallExpression();
}

/** What a hook gave is there. */
function isResult(path: NodePath): boolean {
  const found = path.isIdentifier() ? path.scope.getBinding(path.node.name)?.path : undefined;
  const init = found?.isVariableDeclarator() && found.get("id").isIdentifier() ? found.node.init : undefined;
  return init?.type === "CallExpression" && init.callee.type === "Identifier" && /^use[A-Z]/.test(init.callee.name);
}

function testOf(path: NodePath): NodePath {
  return path.get(path.isConditionalExpression() ? "test" : "left") as NodePath;
}

/** Whether an expression is a key, and never an empty one. */
export function isSureKey(file: FileMigration, given: NodePath, steps: number = 4): boolean {
  const path = plain(given);
  if (path.isStringLiteral()) return path.node.value !== "";
  if (path.isTemplateLiteral()) return path.node.quasis.some(({ value }) => value.raw !== "");
  if (path.isArrayExpression()) return path.node.elements.every((each) => each !== null && !/Function/.test(each.type));
  if (path.isBinaryExpression({ operator: "+" })) return isSureKey(file, path.get("left") as NodePath, 0);
  if (steps === 0) return false;
  if (path.isCallExpression()) {
    const fn = functionOf(file.project, { file: file.source, path: path.get("callee") });
    const returned = fn ? returnsOf(fn.path) : [];
    return returned.length > 0 && returned.every((each) => isSureKey(file, each, steps - 1));
  }
  const found = definitionOf(file.project, { file: file.source, path });
  return found !== undefined && found.path !== path && isSureKey(file, found.path, steps - 1);
}

function isNone(path: NodePath): boolean {
  return path.isNullLiteral() || path.isBooleanLiteral({ value: false }) || path.isIdentifier({ name: "undefined" });
}

/** A variable that is a string by its type, or none. */
function isText(path: NodePath): boolean {
  if (!path.isIdentifier()) return false;
  const annotation = path.scope.getBinding(path.node.name)?.identifier.typeAnnotation;
  return annotation?.type === "TSTypeAnnotation" && isTextType(annotation.typeAnnotation);
}

function isTextType(type: TSType): boolean {
  if (type.type === "TSUnionType") return type.types.every(isTextType);
  return type.type === "TSStringKeyword" || type.type === "TSNullKeyword" || type.type === "TSUndefinedKeyword";
}
