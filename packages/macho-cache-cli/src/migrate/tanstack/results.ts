// What hooks give: nearly the same, apart from `null` for no error.
import type { NodePath } from "@babel/traverse";
import type { FileMigration } from "../file-migration.ts";
import { memberName, memberOf } from "../function-edits.ts";
import { keyOf } from "../definition.ts";
import { convertNoError } from "./no-error.ts";
import { remark, SECTION } from "./remarks.ts";

/** A field that is read of a result, and where its value is used. */
export interface FieldRead {
  readonly name: string;
  /** The member, or the property of a pattern. */
  readonly path: NodePath;
  readonly uses: readonly NodePath[];
}

/** The fields that are read of what a call gives, as far as its variable is followed. */
export function fieldsOf(call: NodePath): FieldRead[] {
  const { parentPath } = call;
  if (!parentPath) return [];
  if (parentPath.isTSAsExpression() || parentPath.isTSNonNullExpression()) return fieldsOf(parentPath);
  const member = memberOf(call);
  if (member) return [{ name: memberName(member), path: member, uses: [member] }];
  if (!parentPath.isVariableDeclarator() || call.key !== "init") return [];
  return fieldsOfTarget(parentPath.get("id") as NodePath);
}

function fieldsOfTarget(target: NodePath): FieldRead[] {
  if (target.isObjectPattern()) return target.get("properties").flatMap((each) => fieldOfPattern(each));
  if (!target.isIdentifier()) return [];
  const references = target.scope.getBinding(target.node.name)?.referencePaths ?? [];
  return references.flatMap((each) => fieldsOf(each));
}

function fieldOfPattern(property: NodePath): FieldRead[] {
  const name = property.isRestElement() ? undefined : keyOf(property);
  if (name === undefined) return [];
  const value = property.get("value") as NodePath;
  const variable = value.isAssignmentPattern() ? value.get("left") : value;
  if (!variable.isIdentifier()) return [{ name, path: property, uses: [] }];
  return [{ name, path: property, uses: variable.scope.getBinding(variable.node.name)?.referencePaths ?? [] }];
}

/** Rewrites and remarks on what is read of a query's or a mutation's result. */
export function convertResult(file: FileMigration, call: NodePath): void {
  for (const { name, path, uses } of fieldsOf(call)) {
    if (name === "error" || name === "failureReason") for (const use of uses) convertNoError(file, use);
    else if (name === "isInitialLoading") renameField(file, path, "isLoading");
    else if (name === "promise") leavePromise(file, path);
  }
}

/** Another name for a field; a variable keeps its own. */
export function renameField(file: FileMigration, path: NodePath, name: string): void {
  if (path.isObjectProperty()) {
    if (path.node.shorthand) file.insert(path.node.start!, `${name}: `);
    else file.replace(path.node.key, name);
  } else file.replace((path.node as unknown as { property: { start: number; end: number } }).property, name);
}

function leavePromise(file: FileMigration, path: NodePath): void {
  const remedy = "Use suspense: true, which suspends the component itself.";
  file.leave(path.node, remark("promise", "A result has no promise.", remedy, SECTION.results));
}
