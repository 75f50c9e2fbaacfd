// `useSWR` and `useSWRImmutable`.
import type { NodePath } from "@babel/traverse";
import type { CallExpression } from "@babel/types";
import { keyOf, plain } from "../definition.ts";
import type { FileMigration } from "../file-migration.ts";
import { isInlineFunction } from "../function-edits.ts";
import { callOf, leaveUse } from "../tanstack/hooks.ts";
import { type FieldRead, fieldsOf, renameField } from "../tanstack/results.ts";
import type { Use } from "../use.ts";
import { convertKey } from "./key.ts";
import { convertSwrOptions, fetcherText } from "./options.ts";
import { remark, SECTION } from "./remarks.ts";

/** `useSWR(key, fetcher, options)` is `useCachedQuery(key, fetcher, options)`. */
export function rewriteSwr(use: Use, file: FileMigration, isImmutable: boolean): boolean {
  const call = callOf(use);
  if (!call) return leaveUse(file, use, "The hook is passed on, not called.", "It is useCachedQuery.", SECTION.uses);
  return file.attempt(() => {
    if (!dropErrorType(file, use, call) || !convertArguments(file, call, isImmutable)) return false;
    file.rename(use, "useCachedQuery");
    convertSwrResult(file, call, fieldsOf(call), true);
    return true;
  });
}

/** One type argument is that of the data. */
function dropErrorType(file: FileMigration, use: Use, { node }: NodePath<CallExpression>): boolean {
  const list = node.typeParameters;
  if (list?.type !== "TSTypeParameterInstantiation" || list.params.length < 2) return true;
  const [data, error, ...others] = list.params;
  if (others.length > 0 || !["Error", "any", "unknown"].includes(file.text(error!))) {
    const remedy = "Tell the type of the data alone; Register.defaultError says what errors are.";
    return leaveUse(file, use, "Errors have one type for all of an app.", remedy, SECTION.uses);
  }
  file.remove(data!.end!, error!.end!);
  return true;
}

function convertArguments(file: FileMigration, call: NodePath<CallExpression>, isImmutable: boolean): boolean {
  const [key, second, third] = call.get("arguments") as NodePath[];
  if (!key || !convertKey(file, key)) return false;
  const options = third ?? (second && isOptions(file, second) ? second : undefined);
  const fetcher = second === options ? undefined : second;
  if (fetcher && !convertFetcher(file, fetcher, third !== undefined)) return false;
  if (options && !convertOptions(file, options, fetcher === undefined)) return false;
  if (isImmutable) addStaleTime(file, call, fetcher !== undefined, options);
  return true;
}

function isOptions(file: FileMigration, second: NodePath): boolean {
  const path = plain(second);
  return path.isObjectExpression() || file.definition(path)?.path.isObjectExpression() === true;
}

function convertFetcher(file: FileMigration, given: NodePath, isSure: boolean): boolean {
  const path = plain(given);
  const isFunction = isInlineFunction(path) || file.definition(path)?.path.isFunction() === true;
  if (path.isNullLiteral() || (!isFunction && !isSure && !isImported(file, path))) {
    const why = path.isNullLiteral()
      ? "null is no fetcher."
      : "It is not known here whether this is a fetcher or options.";
    return file.leave(
      path.node,
      remark("fetcher", why, "For a hook that never loads, write skipToken.", SECTION.options),
    );
  }
  const text = fetcherText(file, given);
  if (text !== file.text(given.node)) wrap(file, given, text);
  return true;
}

/** What stands around the fetcher is put there, so that the fetcher itself stays as it is. */
function wrap(file: FileMigration, { node }: NodePath, text: string): void {
  const at = text.indexOf(file.text(node));
  file.insert(node.start!, text.slice(0, at));
  file.insert(node.end!, text.slice(at + file.text(node).length));
}

/** A name of a package, which is a fetcher: options do not come from one. */
function isImported(file: FileMigration, path: NodePath): boolean {
  return file.definition(path)?.path.parentPath?.isImportDeclaration() === true;
}

function convertOptions(file: FileMigration, given: NodePath, hasNoFetcher: boolean): boolean {
  const options = plain(given);
  if (!options.isObjectExpression()) {
    const remedy = "Rename the options where they are written, and the hook.";
    return file.leave(options.node, remark("options", "These options are written elsewhere.", remedy, SECTION.options));
  }
  convertSwrOptions(file, options);
  if (hasNoFetcher) file.insert(given.node.start!, "undefined, ");
  return true;
}

/** Data that does not change is fresh for ever. */
function addStaleTime(
  file: FileMigration,
  call: NodePath<CallExpression>,
  hasFetcher: boolean,
  options: NodePath | undefined,
): void {
  const object = options && plain(options);
  const last = call.node.arguments.at(-1)!;
  if (!object?.isObjectExpression()) {
    file.insert(last.end!, `${hasFetcher ? "" : ", undefined"}, { staleTime: Infinity }`);
    return;
  }
  const isEmpty = object.node.properties.length === 0;
  file.insert(object.node.start! + 1, isEmpty ? " staleTime: Infinity " : " staleTime: Infinity,");
}

/** Fields with other names. Where a file cannot be changed, they are remarked on. */
export function convertSwrResult(
  file: FileMigration,
  call: NodePath,
  fields: readonly FieldRead[],
  mayChange: boolean,
): void {
  for (const field of fields) {
    if (field.name === "isValidating") changeField(file, field, "isFetching", mayChange);
    else if (field.name === "mutate") convertMutate(file, field, mayChange);
    else if (field.name === "isLoading") checkLoading(file, call, field);
    else if (field.name === "error") checkRetries(file, call, field);
  }
}

function changeField(file: FileMigration, { name, path }: FieldRead, to: string, mayChange: boolean): void {
  if (mayChange) return renameField(file, path, to);
  const why = "This file imports nothing of the library, so it was not touched.";
  file.leave(path.node, remark(name, why, `Here it is ${to}.`, SECTION.results));
}

/** `mutate()` is `refetch()`. With data it is something else. */
function convertMutate(file: FileMigration, field: FieldRead, mayChange: boolean): void {
  const others = field.uses.filter((use) => !isBareCall(use));
  if (others.length === 0) return changeField(file, field, "refetch", mayChange);
  const why = "Without arguments it is refetch. Data is set by the client, under the key.";
  const remedy = "Write client.setQueryData(key, data), or mutateQuery, with client = useQueryClient().";
  for (const { node } of [field.path, ...others]) file.leave(node, remark("mutate", why, remedy, SECTION.results));
}

function isBareCall(use: NodePath): boolean {
  const call = use.parentPath;
  if (!call?.isCallExpression() || use.key !== "callee" || call.node.arguments.length > 0) return false;
  return isStatement(call);
}

/** Whether nobody reads what an expression gives, apart from waiting for it. */
export function isStatement({ parentPath, key }: NodePath): boolean {
  if (!parentPath) return false;
  if (parentPath.isExpressionStatement() || parentPath.isUnaryExpression({ operator: "void" })) return true;
  if (parentPath.isArrowFunctionExpression()) return key === "body";
  return parentPath.isAwaitExpression() && isStatement(parentPath);
}

/** While placeholder data shows, `isLoading` is false here. */
function checkLoading(file: FileMigration, call: NodePath, { path }: FieldRead): void {
  if (!saysOption(call, "keepPreviousData") && !saysOption(call, "fallbackData")) return;
  const why = "It is false while placeholder data shows.";
  file.leave(path.node, remark("isLoading", why, "Use isFetching, or isPlaceholderData.", SECTION.results));
}

/** SWR shows the first failure and goes on trying. */
function checkRetries(file: FileMigration, call: NodePath, { path }: FieldRead): void {
  if (saysOption(call, "shouldRetryOnError") || file.survey.said.has("retries")) return;
  const own = optionsOf(call).map(retryCountOf);
  const count = own.find((each) => each !== undefined) ?? file.survey.retryCount;
  if (count === 0) return;
  file.survey.said.add("retries");
  const tries = count === 1 ? "once more" : `${count ?? "three"} more times`;
  const reason = count === undefined ? "" : ", as its retry says";
  const why = `A failure shows when the load was tried ${tries}${reason}; SWR shows the first one, and goes on trying.`;
  const place = count === undefined ? "Say retry: false in the client's defaults" : `Say retry: false, not ${count}`;
  file.leave(path.node, remark("error", why, `${place}, or leave it so.`, SECTION.loads));
}

/** How often SWR is told to try again; `undefined` for another option, and for what is no number here. */
export function retryCountOf(property: NodePath): number | undefined {
  if (!property.isObjectProperty() || keyOf(property) !== "errorRetryCount") return undefined;
  const value = property.get("value");
  return value.isNumericLiteral() ? value.node.value : undefined;
}

function saysOption(call: NodePath, name: string): boolean {
  return optionsOf(call).some((property) => !property.isSpreadElement() && keyOf(property) === name);
}

/** What stands in the objects among the arguments of a call. */
function optionsOf(call: NodePath): NodePath[] {
  if (!call.isCallExpression()) return [];
  const given = call.get("arguments") as NodePath[];
  return given.flatMap((each): NodePath[] => (each.isObjectExpression() ? each.get("properties") : []));
}
