// Filters: the same names, but objects in a key are compared as a whole.
import type { NodePath } from "@babel/traverse";
import type { Node, ObjectExpression } from "@babel/types";
import { keyOf, plain } from "../definition.ts";
import type { FileMigration } from "../file-migration.ts";
import { convertQueryParameter } from "./flat-query.ts";
import { isMade, valueOf } from "./options.ts";
import { remark, SECTION, unknownOption } from "./remarks.ts";

const NAMES = new Set("queryKey exact type fetchStatus predicate stale refetchType".split(" "));

/** The object of a filter. @returns `undefined` where it is another expression, which was judged */
export function convertFilter(
  file: FileMigration,
  given: NodePath | undefined,
): NodePath<ObjectExpression> | undefined {
  if (!given) return undefined;
  const path = plain(given);
  if (!path.isObjectExpression()) {
    if (!isMade(file, { file: file.source, path }) && !path.isIdentifier({ name: "undefined" }))
      leaveFilter(file, path);
    return undefined;
  }
  for (const property of path.get("properties")) convertProperty(file, path, property);
  return path;
}

function leaveFilter(file: FileMigration, path: NodePath): void {
  file.leave(
    path.node,
    remark(
      file.text(path.node).slice(0, 40),
      "It is not known here what this filter has.",
      "See that it has no refetchType, and that a predicate reads query.key and query.data.",
      "client.md#filters",
    ),
  );
}

function convertProperty(file: FileMigration, filter: NodePath<ObjectExpression>, property: NodePath): void {
  const name = property.isSpreadElement() ? undefined : keyOf(property);
  if (name === undefined || !NAMES.has(name)) {
    file.leave(property.node, unknownOption(name ?? file.text(property.node)));
  } else if (name === "predicate") convertQueryParameter(file, valueOf(property), name, 0);
  else if (name === "queryKey" && !isExact(filter)) checkPrefix(file, valueOf(property));
}

function isExact(filter: NodePath<ObjectExpression>): boolean {
  const exact = filter.get("properties").find((each) => !each.isSpreadElement() && keyOf(each) === "exact");
  return exact !== undefined && valueOf(exact).isBooleanLiteral({ value: true });
}

/** A prefix is whole elements: an object in it finds only equal objects. */
export function checkPrefix(file: FileMigration, given: NodePath): void {
  const path = plain(given);
  if (!path.isArrayExpression()) return;
  path.get("elements").forEach((each, index) => {
    const element = each as NodePath<Node | null>;
    if (element.node && mayBePart(file, path.node.elements[0], element as NodePath, index))
      leavePart(file, element as NodePath);
  });
}

/** Whether an element is an object, and keys of the app have objects at that place. */
function mayBePart(file: FileMigration, head: Node | null | undefined, element: NodePath, index: number): boolean {
  const object = plain(element);
  const found = object.isIdentifier() ? file.definition(object)?.path : object;
  if (!found?.isObjectExpression()) return false;
  const places = file.survey.objectsInKeys.get(head?.type === "StringLiteral" ? head.value : "");
  return places === undefined || places.has(index);
}

function leavePart(file: FileMigration, element: NodePath): void {
  file.leave(
    element.node,
    remark(
      "queryKey",
      "A prefix is whole elements: an object in it finds keys with an equal object, not with more than it.",
      "Make each part that you search by an element of its own, or use exact: true, tags or a predicate.",
      SECTION.keys,
    ),
  );
}
