import type { TSESTree } from "@typescript-eslint/types";
import type { SourceFile } from "../source/source-file.ts";
import { memberName, type Node, unwrap } from "../source/tree.ts";

const GLOBALS = ["globalThis", "window", "self"];

/** Whether a node calls the page's own `fetch`. */
export function isFetch(file: SourceFile, node: Node): node is TSESTree.CallExpression {
  if (node.type !== "CallExpression") return false;
  const callee = unwrap(node.callee);
  if (file.isGlobal(callee, "fetch")) return true;
  if (callee.type !== "MemberExpression" || memberName(callee) !== "fetch") return false;
  return GLOBALS.some((name) => file.isGlobal(callee.object, name));
}
