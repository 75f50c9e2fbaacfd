import type { TSESTree } from "@typescript-eslint/types";
import type { SourceFile } from "../source/source-file.ts";
import type { Reference } from "../source/scope.ts";
import { type Identifier, isFunction, memberName, type Node, unwrap, wrapped } from "../source/tree.ts";

const BODIES = new Set(["arrayBuffer", "blob", "body", "bytes", "formData", "json", "text"]);
const CHECKS = new Set(["ok", "status"]);

/** A body that is read though nobody has looked whether the answer is one, and where a check would go. */
export interface UncheckedBody {
  readonly node: Node;
  readonly response?: string;
  /** The check goes behind this statement. */
  readonly after?: TSESTree.VariableDeclaration;
  /** The check goes before this expression, which a callback gives. */
  readonly before?: Node;
}

/** What is done with the answer of a call of `fetch` without a look at `ok` or `status`. */
export function uncheckedBody(file: SourceFile, call: TSESTree.CallExpression): UncheckedBody | undefined {
  const outer = wrapped(call);
  const { parent } = outer;
  if (parent?.type === "MemberExpression" && memberName(parent) === "then") return inThen(file, parent);
  if (parent?.type !== "AwaitExpression") return undefined;
  const awaited = wrapped(parent);
  const holder = awaited.parent;
  if (holder?.type === "MemberExpression" && BODIES.has(memberName(holder) ?? "")) return { node: holder };
  if (holder?.type !== "VariableDeclarator") return undefined;
  if (holder.id.type === "ObjectPattern") return inPattern(holder.id);
  if (holder.id.type !== "Identifier" || holder.parent.type !== "VariableDeclaration") return undefined;
  const node = unchecked(file, holder.id);
  return node && { node, response: holder.id.name, after: holder.parent };
}

/** `fetch(...).then((response) => response.json())` */
function inThen(file: SourceFile, member: TSESTree.MemberExpression): UncheckedBody | undefined {
  const callback = member.parent.type === "CallExpression" ? member.parent.arguments[0] : undefined;
  const [response] = isFunction(callback) ? callback.params : [];
  if (!isFunction(callback) || !response) return undefined;
  if (response.type === "ObjectPattern") return inPattern(response);
  if (response.type !== "Identifier") return undefined;
  const node = unchecked(file, response);
  const isExpression = callback.body.type !== "BlockStatement";
  return node && { node, response: response.name, ...(isExpression ? { before: callback.body } : {}) };
}

function inPattern(pattern: TSESTree.ObjectPattern): UncheckedBody | undefined {
  const names = pattern.properties.map((each) => (each.type === "Property" ? (memberName(each) ?? "") : "ok"));
  const isUnchecked = names.some((name) => BODIES.has(name)) && !names.some((name) => CHECKS.has(name));
  return isUnchecked ? { node: pattern } : undefined;
}

/** Where the body of this response is read, if nothing can have looked at its status. */
function unchecked(file: SourceFile, name: Identifier): Node | undefined {
  const uses = (file.declared(name)?.references ?? []).filter((use) => use.isRead());
  return uses.some((use) => isChecking(file, use)) ? undefined : uses.map(bodyOf).find((node) => node !== undefined);
}

function bodyOf({ identifier }: Reference): Node | undefined {
  const { parent } = wrapped(identifier);
  return parent?.type === "MemberExpression" && BODIES.has(memberName(parent) ?? "") ? parent : undefined;
}

/** Whether a use looks at the status, or hands the response to something that may. */
function isChecking(file: SourceFile, { identifier }: Reference): boolean {
  const { parent } = wrapped(identifier);
  if (parent?.type === "MemberExpression" && unwrap(parent.object) === identifier) {
    const name = memberName(parent);
    return name === undefined || CHECKS.has(name);
  }
  if (parent?.type !== "CallExpression") return true;
  return file.machoName(parent.callee) !== "cacheControl";
}
