// Functions among the options get a flat query: `query.state.data` is `query.data`.
import type { NodePath } from "@babel/traverse";
import type { Function, Identifier, Node, ObjectProperty } from "@babel/types";
import { arityOf, plain } from "../definition.ts";
import type { FileMigration } from "../file-migration.ts";
import { isConstant, isInlineFunction, memberName, memberOf, referencesOf, simplePattern } from "../function-edits.ts";
import { convertNoError } from "./no-error.ts";
import { remark } from "./remarks.ts";

/** Fields of `query.state`, and what they are called here. */
const STATE: Readonly<Record<string, string>> = {
  data: "data",
  dataUpdatedAt: "dataUpdatedAt",
  dataUpdateCount: "dataUpdateCount",
  error: "error",
  errorUpdateCount: "errorUpdateCount",
  errorUpdatedAt: "errorUpdatedAt",
  fetchFailureCount: "failureCount",
  fetchFailureReason: "failureReason",
  fetchStatus: "fetchStatus",
  isInvalidated: "isInvalidated",
  status: "status",
};
/** Fields of the query itself. */
const OWN: Readonly<Record<string, string>> = { queryKey: "key", queryHash: "hash", meta: "meta" };
/** Methods that are fields here. */
const CALLS: Readonly<Record<string, string>> = {
  isStale: "isStale",
  isActive: "isActive",
  getObserversCount: "observerCount",
};

/**
 * Rewrites what a function reads of the query that it gets at `index`. A value that is no function is as it was.
 * @returns whether it fits now; otherwise it was remarked on
 */
export function convertQueryParameter(file: FileMigration, given: NodePath, option: string, index: number): boolean {
  const path = plain(given);
  if (!isInlineFunction(path)) {
    const found = file.definition(path);
    const isRead = found?.path.isFunction() === true && arityOf(found.path) > index;
    return !isRead || leave(file, path.node, option, "the function stands elsewhere");
  }
  const parameter = (path.get("params") as NodePath[])[index];
  if (!parameter) return arityOf(path) !== Infinity || leave(file, path.node, option, "it reads all arguments");
  const isPlain = (parameter.isIdentifier() || parameter.isObjectPattern()) && !parameter.node.typeAnnotation;
  if (!isPlain) return leave(file, parameter.node, option, "the parameter is typed, or has a default");
  return file.attempt(() =>
    parameter.isIdentifier()
      ? convertUses(file, path, parameter.node, option)
      : convertPattern(file, path, parameter, option),
  );
}

function leave(file: FileMigration, node: Node, option: string, what: string): false {
  return file.leave(
    node,
    remark(
      option,
      `The function gets a flat query, and ${what}.`,
      "Read query.data in place of query.state.data, and query.key in place of query.queryKey.",
      "queries.md#what-a-function-gets-of-a-query",
    ),
  );
}

function convertUses(file: FileMigration, path: NodePath<Function>, node: Identifier, option: string): boolean {
  const { name } = node;
  if (!isConstant(path, name)) return leave(file, node, option, "the parameter is written to");
  return referencesOf(path, name).every((each) => convertUse(file, each, option));
}

function convertUse(file: FileMigration, query: NodePath, option: string): boolean {
  const member = memberOf(query);
  if (!member) return leave(file, query.node, option, "the query is used as a whole");
  const name = memberName(member);
  const own = OWN[name];
  if (own !== undefined) return renameMember(file, member, own);
  if (CALLS[name] !== undefined && member.parentPath?.isCallExpression() && member.key === "callee") {
    file.remove(member.node.end!, member.parentPath.node.end!);
    return renameMember(file, member, CALLS[name]);
  }
  return name === "state"
    ? convertState(file, query, member, option)
    : leave(file, member.node, option, `${name} is not there`);
}

function convertState(file: FileMigration, query: NodePath, state: NodePath, option: string): boolean {
  const field = memberOf(state);
  const name = field && STATE[memberName(field)];
  if (!field || name === undefined) return leave(file, state.node, option, "its state is used as a whole");
  // From `.state` to the name of the field.
  file.remove(query.node.end!, state.node.end!);
  renameMember(file, field, name);
  return memberName(field) !== "error" || convertNoError(file, field);
}

function renameMember(file: FileMigration, member: NodePath, name: string): true {
  const { property } = member.node as { property: Identifier };
  if (property.name !== name) file.replace(property, name);
  return true;
}

/** `({ state: { data } })` is `({ data })`, and `({ state })` is `(state)`. */
function convertPattern(file: FileMigration, path: NodePath<Function>, parameter: NodePath, option: string): boolean {
  if (!parameter.isObjectPattern()) return false;
  const properties = simplePattern(parameter.node);
  if (!properties) return leave(file, parameter.node, option, "the rest of it is read");
  const whole = properties.length === 1 ? properties[0]! : undefined;
  if (whole && nameOf(whole) === "state" && whole.value.type === "Identifier") {
    file.replace(parameter.node, whole.value.name);
    return referencesOf(path, whole.value.name).every((each) => convertField(file, each, option));
  }
  const texts = properties.map((each) => flatProperty(file, each));
  if (texts.includes(undefined)) return leave(file, parameter.node, option, "something is read that is not there");
  file.replace(parameter.node, `{ ${texts.join(", ")} }`);
  return true;
}

function convertField(file: FileMigration, state: NodePath, option: string): boolean {
  const field = memberOf(state);
  const name = field && STATE[memberName(field)];
  if (!field || name === undefined) return leave(file, state.node, option, "its state is used as a whole");
  renameMember(file, field, name);
  return memberName(field) !== "error" || convertNoError(file, field);
}

function nameOf({ key }: ObjectProperty): string {
  return (key as Identifier).name;
}

function flatProperty(file: FileMigration, property: ObjectProperty): string | undefined {
  const name = nameOf(property);
  if (name === "state" && property.value.type === "ObjectPattern") {
    const inner = simplePattern(property.value)?.map((each) => renamed(file, each, STATE[nameOf(each)]));
    return inner?.includes(undefined) ? undefined : inner?.join(", ");
  }
  return renamed(file, property, OWN[name]);
}

function renamed(
  file: FileMigration,
  { key, value, shorthand }: ObjectProperty,
  name: string | undefined,
): string | undefined {
  // Of `error` it would have to be known how it is compared.
  if (name === undefined || name === "error") return undefined;
  const isSame = shorthand && (key as Identifier).name === name;
  return isSame ? file.text(value) : `${name}: ${file.text(value)}`;
}
