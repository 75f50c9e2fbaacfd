// `const { mutate } = useSWRConfig()` is `const client = useQueryClient()`.
import type { NodePath } from "@babel/traverse";
import type { CallExpression } from "@babel/types";
import { keyOf, plain } from "../definition.ts";
import type { FileMigration } from "../file-migration.ts";
import { hasParentheses, isInlineFunction } from "../function-edits.ts";
import { callOf, leaveUse } from "../tanstack/hooks.ts";
import type { Use } from "../use.ts";
import { isStatement } from "./hooks.ts";
import { isSureKey } from "./key.ts";
import { remark, SECTION } from "./remarks.ts";

export function rewriteUseConfig(use: Use, file: FileMigration): boolean {
  const declarator = callOf(use)?.parentPath;
  const target = declarator?.isVariableDeclarator() ? (declarator.get("id") as NodePath) : undefined;
  const variable = target && mutateVariable(target);
  if (!target || !variable) {
    const remedy = "Use useQueryClient(), and the methods of the client.";
    return leaveUse(file, use, "More is read of it than mutate.", remedy, SECTION.exports);
  }
  const client = freeClientName(file);
  file.replace(target.node, client);
  file.rename(use, "useQueryClient");
  for (const reference of target.scope.getBinding(variable)?.referencePaths ?? [])
    convertReference(file, reference, client);
  return true;
}

/** The variable of `{ mutate }` alone. */
function mutateVariable(target: NodePath): string | undefined {
  if (!target.isObjectPattern() || target.node.properties.length !== 1) return undefined;
  const [property] = target.get("properties");
  const value = property?.isObjectProperty() && keyOf(property) === "mutate" ? property.node.value : undefined;
  return value?.type === "Identifier" ? value.name : undefined;
}

function freeClientName(file: FileMigration): string {
  const names = ["client", "queryClient", "machoClient"];
  return names.find((name) => !new RegExp(`\\b${name}\\b`).test(file.source.text)) ?? "machoQueryClient";
}

function convertReference(file: FileMigration, path: NodePath, client: string): void {
  const { parentPath } = path;
  // Among the dependencies of an effect.
  if (parentPath?.isArrayExpression()) return file.replace(path.node, client);
  const call = parentPath?.isCallExpression() && path.key === "callee" ? parentPath : undefined;
  if (!call || !convertCall(file, call, client)) leaveMutate(file, path);
}

export function leaveMutate(file: FileMigration, { node }: NodePath): void {
  const why = "It is a method of the client, which one depends on the arguments.";
  const remedy =
    "Use client.invalidateQueries to load again, client.setQueryData to set, mutateQuery for an optimistic change.";
  file.leave(node, remark("mutate", why, remedy, SECTION.uses));
}

function convertCall(file: FileMigration, call: NodePath<CallExpression>, client: string): boolean {
  const [key, data, options] = call.get("arguments") as NodePath[];
  if (!key || !isStatement(call)) return false;
  const method = (name: string): void => file.replace(call.node.callee, `${client}.${name}`);
  if (!data && isInlineFunction(plain(key))) return convertFilter(file, plain(key), () => method("invalidateQueries"));
  if (!isSureKey(file, key)) return false;
  if (!data) {
    method("invalidateQueries");
    file.insert(key.node.start!, "{ queryKey: ");
    file.insert(key.node.end!, ", exact: true }");
    return true;
  }
  if (!options || !saysNoLoad(options) || !isPlainData(plain(data))) return false;
  method("setQueryData");
  file.remove(data.node.end!, options.node.end!);
  return true;
}

/** `mutate((key) => test)` is `invalidateQueries({ predicate: ({ key }) => test })`. */
function convertFilter(file: FileMigration, path: NodePath, rename: () => void): boolean {
  const [first, ...others] = path.get("params") as NodePath[];
  if (!path.isArrowFunctionExpression() || path.node.async || others.length > 0 || !first?.isIdentifier()) return false;
  if (first.node.typeAnnotation) return false;
  const { name } = first.node;
  const pattern = name === "key" ? "{ key }" : `{ key: ${name} }`;
  const isBare = !hasParentheses(file, path.node, first.node);
  rename();
  file.replace(first.node, isBare ? `(${pattern})` : pattern);
  file.insert(path.node.start!, "{ predicate: ");
  file.insert(path.node.end!, " }");
  return true;
}

/** `false`, or `{ revalidate: false }`. */
function saysNoLoad(given: NodePath): boolean {
  const options = plain(given);
  if (options.isBooleanLiteral({ value: false })) return true;
  if (!options.isObjectExpression() || options.node.properties.length !== 1) return false;
  const [property] = options.get("properties");
  return (
    property?.isObjectProperty() === true &&
    keyOf(property) === "revalidate" &&
    property.get("value").isBooleanLiteral({ value: false })
  );
}

/** Data that is there at once, or a function that gives such: no promise. */
function isPlainData(path: NodePath): boolean {
  if (path.isObjectExpression() || path.isArrayExpression() || path.isStringLiteral() || path.isNumericLiteral())
    return true;
  if (path.isConditionalExpression())
    return isPlainData(path.get("consequent")) && isPlainOrNone(path.get("alternate"));
  if (path.isLogicalExpression()) return isPlainData(path.get("right"));
  if (path.isArrowFunctionExpression()) return !path.node.async && isPlainData(path.get("body") as NodePath);
  const callee =
    path.isCallExpression() || path.isOptionalCallExpression() ? (path.get("callee") as NodePath) : undefined;
  const property = (callee?.node as { property?: { name?: string } } | undefined)?.property?.name;
  return property === "map" || property === "filter" || property === "concat";
}

function isPlainOrNone(path: NodePath): boolean {
  return isPlainData(path) || path.isIdentifier();
}
