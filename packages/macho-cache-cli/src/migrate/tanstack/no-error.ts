// `error` is `undefined` without one, not `null`.
import type { NodePath } from "@babel/traverse";
import type { FileMigration } from "../file-migration.ts";
import { remark, SECTION } from "./remarks.ts";

/**
 * Rewrites a comparison with `null`, and remarks on a place where the difference could matter.
 * @returns true: what stands there stays in use either way
 */
export function convertNoError(file: FileMigration, path: NodePath): true {
  const { parentPath } = path;
  if (parentPath?.isBinaryExpression()) {
    const other = path.key === "left" ? parentPath.node.right : parentPath.node.left;
    const isStrict = /^[!=]==$/.test(parentPath.node.operator);
    if (isStrict && other.type === "NullLiteral") file.replace(other, "undefined");
    return true;
  }
  if (!isIndifferent(path) && !isGuarded(file, path)) {
    file.leave(
      path.node,
      remark(
        "error",
        "Without an error it is undefined here, not null, and it is passed on to a place that may tell them apart.",
        "Compare it with undefined there, or pass error ?? null.",
        SECTION.results,
      ),
    );
  }
  return true;
}

/** Places that treat `null` and `undefined` alike. */
function isIndifferent(path: NodePath): boolean {
  const { parentPath, key } = path;
  if (!parentPath) return false;
  if (parentPath.isIfStatement() || parentPath.isConditionalExpression()) return key === "test";
  if (parentPath.isUnaryExpression() || parentPath.isThrowStatement() || parentPath.isExpressionStatement())
    return true;
  if (parentPath.isMemberExpression() || parentPath.isOptionalMemberExpression()) return key === "object";
  if (parentPath.isLogicalExpression())
    return (key === "left" && parentPath.node.operator === "??") || isIndifferent(parentPath) || isChild(parentPath);
  if (parentPath.isArrayExpression()) return isDependencies(parentPath);
  if (parentPath.isCallExpression()) return parentPath.get("callee").isIdentifier({ name: "Boolean" });
  return parentPath.isTSAsExpression() || parentPath.isTSNonNullExpression()
    ? isIndifferent(parentPath)
    : isChild(path);
}

/** `useEffect(..., [error])`: the effect runs at a change. */
function isDependencies({ parentPath, key }: NodePath): boolean {
  const callee = parentPath?.isCallExpression() && key === 1 ? parentPath.node.callee : undefined;
  const name = callee?.type === "MemberExpression" ? callee.property : callee;
  return name?.type === "Identifier" && /^use[A-Z]/.test(name.name);
}

/** What React shows of either is nothing. */
function isChild({ parentPath }: NodePath): boolean {
  const isInPlace = parentPath?.isJSXExpressionContainer() === true;
  return (
    isInPlace && (parentPath.parentPath?.isJSXElement() === true || parentPath.parentPath?.isJSXFragment() === true)
  );
}

/** Whether a condition that reads the error, or whether there is one, stands around. */
function isGuarded(file: FileMigration, path: NodePath): boolean {
  const name = path.isIdentifier() ? path.node.name : "error";
  const reads = new RegExp(`\\b(${name}|isError|isLoadingError|isRefetchError)\\b|["']error["']`);
  return (
    path.findParent((each) => {
      const { parentPath } = each;
      if (!parentPath) return false;
      if ((parentPath.isIfStatement() || parentPath.isConditionalExpression()) && each.key === "consequent")
        return reads.test(file.text(parentPath.node.test));
      return parentPath.isLogicalExpression({ operator: "&&" }) && each.key === "right"
        ? reads.test(file.text(parentPath.node.left))
        : false;
    }) !== null
  );
}
