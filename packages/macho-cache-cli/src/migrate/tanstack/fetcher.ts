// `queryFn({ queryKey, signal })` is `fetcher(queryKey, { signal })`.
import type { NodePath } from "@babel/traverse";
import type { Function, Identifier, Node, ObjectPattern, ObjectProperty } from "@babel/types";
import { arityOf, definitionOf, functionOf, plain, returnsOf } from "../definition.ts";
import type { FileMigration } from "../file-migration.ts";
import {
  freeName,
  hasParentheses,
  insertParameter,
  isConstant,
  isInlineFunction,
  memberName,
  memberOf,
  referencesOf,
  simplePattern,
} from "../function-edits.ts";
import { remark, SECTION } from "./remarks.ts";

/** What is in the context of a fetcher in both libraries. */
const SHARED = new Set(["signal", "meta", "pageParam", "direction"]);

/**
 * Makes a fetcher of a `queryFn`.
 * @returns whether it is one now; otherwise it was remarked on
 */
export function convertFetcher(file: FileMigration, given: NodePath): boolean {
  const path = plain(given);
  if (isInlineFunction(path)) return convertFunction(file, path);
  if (path.isConditionalExpression())
    return [path.get("consequent"), path.get("alternate")].every((each) => convertFetcher(file, each));
  if (file.libraryName(path) === "skipToken" || path.isIdentifier({ name: "undefined" })) return true;
  return convertReference(file, path);
}

function convertReference(file: FileMigration, path: NodePath): boolean {
  const name = file.text(path.node);
  if (path.isCallExpression()) {
    const maker = functionOf(file.project, { file: file.source, path: path.get("callee") });
    const made =
      maker && returnsOf(maker.path).map((each) => definitionOf(file.project, { file: maker.file, path: each }));
    if (made?.length && made.every((each) => each?.path.isFunction() && arityOf(each.path) === 0)) return true;
    return leaveReference(file, path, name);
  }
  const found = functionOf(file.project, { file: file.source, path });
  if (!found) return leaveReference(file, path, name);
  if (arityOf(found.path) === 0) return true;
  if (found.file === file.source && isOnlyFetcher(found.path)) {
    const fn = found.path as NodePath<Function>;
    if (file.once(fn.node, () => convertFunction(file, fn))) return true;
  }
  return leaveReference(file, path, name);
}

function leaveReference(file: FileMigration, path: NodePath, name: string): false {
  const short = name.length > 40 ? `${name.slice(0, 40)}...` : name;
  return file.leave(
    path.node,
    remark(
      "queryFn",
      `${short} may read the context that TanStack Query gives it. A fetcher is given the key, and then a context.`,
      `If it takes no argument, write fetcher: ${short}. Otherwise let it take (key, { signal }).`,
      SECTION.options,
    ),
  );
}

/** Whether a function of the file is used as a `queryFn` and in no other way. */
function isOnlyFetcher(path: NodePath): boolean {
  const holder = path.isFunctionDeclaration() ? path : path.parentPath!;
  const id = (holder.node as { id?: Node | null }).id;
  if (id?.type !== "Identifier" || holder.findParent((each) => each.isExportDeclaration())) return false;
  const scope = path.isFunctionDeclaration() ? path.parentPath.scope : path.scope.parent;
  const binding = scope.getBinding(id.name);
  return binding?.constant === true && binding.referencePaths.every(isQueryFnValue);
}

function isQueryFnValue({ parent, parentPath, key }: NodePath): boolean {
  if (parent.type === "ConditionalExpression" && key !== "test") return isQueryFnValue(parentPath!);
  if (parent.type !== "ObjectProperty" || key !== "value") return false;
  return parent.key.type === "Identifier" && parent.key.name === "queryFn";
}

function convertFunction(file: FileMigration, path: NodePath<Function>): boolean {
  if (arityOf(path) === 0) return true;
  const [first] = path.get("params") as NodePath[];
  if (arityOf(path) === 1 && first?.isObjectPattern() && !first.node.typeAnnotation)
    return convertPattern(file, path, first.node);
  if (arityOf(path) === 1 && first?.isIdentifier() && !first.node.typeAnnotation)
    return convertParameter(file, path, first.node);
  return leaveFunction(file, first!.node, "its context is typed, or has a default");
}

function leaveFunction(file: FileMigration, node: Node, what: string): false {
  return file.leave(
    node,
    remark(
      "queryFn",
      `A fetcher is given the key, and then a context: here ${what}.`,
      "Write fetcher: (key, { signal }) => ... The client comes by a closure.",
      SECTION.options,
    ),
  );
}

/** `({ queryKey: [, id], signal })` is `([, id], { signal })`. */
function convertPattern(file: FileMigration, path: NodePath<Function>, pattern: ObjectPattern): boolean {
  const properties = simplePattern(pattern);
  const nameOf = ({ key }: ObjectProperty): string => (key as Identifier).name;
  const foreign = properties?.find((each) => nameOf(each) !== "queryKey" && !SHARED.has(nameOf(each)));
  if (!properties || foreign) {
    const what = foreign ? `${nameOf(foreign)} of the context is read` : "the rest of the context is read";
    return leaveFunction(file, foreign ?? pattern, what);
  }
  const key = properties.find((each) => nameOf(each) === "queryKey");
  const others = properties.filter((each) => each !== key);
  if (!key) insertParameter(file, path, freeName(path, "_key"));
  else {
    const context = others.length > 0 ? `, { ${others.map((each) => file.text(each)).join(", ")} }` : "";
    file.replace(pattern, file.text(key.value) + context);
  }
  return true;
}

/** `(context) => load(context.queryKey)` is `(queryKey, context) => load(queryKey)`. */
function convertParameter(file: FileMigration, path: NodePath<Function>, node: Identifier): boolean {
  const { name } = node;
  const references = referencesOf(path, name);
  const members = references.map((each) => memberOf(each));
  const isKnown = members.every(
    (each) => each && (memberName(each) === "queryKey" || SHARED.has(memberName(each))) && !isWritten(each),
  );
  if (!isKnown || !isConstant(path, name)) return leaveFunction(file, node, "the context is used as a whole");
  const keys = members.filter((each) => memberName(each!) === "queryKey");
  const keyName = freeName(path, keys.length > 0 ? "key" : "_key");
  for (const member of keys) file.replace(member!.node, keyName);
  const isBare = path.isArrowFunctionExpression() && !hasParentheses(file, path.node, path.node.params[0]!);
  const parameters = keys.length === members.length ? keyName : `${keyName}, ${name}`;
  file.replace(path.node.params[0]!, isBare ? `(${parameters})` : parameters);
  return true;
}

function isWritten({ parent, key }: NodePath): boolean {
  return (parent.type === "AssignmentExpression" && key === "left") || parent.type === "UpdateExpression";
}
