// Hooks, and functions that options are given to.
import type { NodePath } from "@babel/traverse";
import type { CallExpression, Node } from "@babel/types";
import { keyOf, plain } from "../definition.ts";
import type { FileMigration } from "../file-migration.ts";
import { isInlineFunction } from "../function-edits.ts";
import { returnsOf } from "../definition.ts";
import type { Use } from "../use.ts";
import { convertFilter } from "./filters.ts";
import { convertOptions, memoOf, type OptionKind, valueOf } from "./options.ts";
import { remark, SECTION } from "./remarks.ts";
import { convertResult } from "./results.ts";

/** The call of which a name is the callee. */
export function callOf({ path }: Use): NodePath<CallExpression> | undefined {
  const { parentPath } = path;
  return parentPath?.isCallExpression() && path.key === "callee" ? parentPath : undefined;
}

export function leaveUse(file: FileMigration, use: Use, why: string, remedy: string, doc: string): false {
  const name = use.name === "default" ? use.source.local : use.name;
  return file.leave(use.path.node, remark(name, why, remedy, doc));
}

/** What a hook is called here, and what its options are. */
export interface HookRule {
  readonly to: string;
  readonly kind: OptionKind;
  /** Hooks that suspend have an option here, and no name. */
  readonly suspends?: true;
  /** What the options are wrapped into. */
  readonly wrap?: string;
}

export const HOOKS: Readonly<Record<string, HookRule>> = {
  useQuery: { to: "useCachedQuery", kind: "hook" },
  useSuspenseQuery: { to: "useCachedQuery", kind: "hook", suspends: true },
  useInfiniteQuery: { to: "useCachedInfiniteQuery", kind: "pages" },
  useSuspenseInfiniteQuery: { to: "useCachedInfiniteQuery", kind: "pages", suspends: true },
  useMutation: { to: "useCachedMutation", kind: "mutation" },
  usePrefetchQuery: { to: "usePrefetchQuery", kind: "call" },
  usePrefetchInfiniteQuery: { to: "usePrefetchQuery", kind: "pages", wrap: "infiniteQuery" },
  queryOptions: { to: "queryOptions", kind: "hook" },
  infiniteQueryOptions: { to: "infiniteQueryOptions", kind: "pages" },
  mutationOptions: { to: "mutationOptions", kind: "mutation" },
};

export function rewriteHook(use: Use, file: FileMigration, rule: HookRule): boolean {
  const call = callOf(use);
  if (!call) return leaveUse(file, use, "The hook is passed on, not called.", `Here it is ${rule.to}.`, SECTION.pages);
  const [options, client] = call.get("arguments") as NodePath[];
  if (client) {
    const remedy = "Put a provider around the component, or use client.observe.";
    return leaveUse(file, use, "A hook takes no client.", remedy, SECTION.client);
  }
  const isTyped =
    (call.node.typeParameters?.params.length ?? 0) === 0 || convertTypeArguments(file, use, call, rule.kind);
  if (!isTyped || !options || !convertOptions(file, options, rule.kind)) return false;
  if (rule.suspends) addSuspense(file, options);
  if (rule.wrap) wrap(file, options, rule.wrap);
  file.rename(use, rule.to);
  convertResult(file, call);
  if (rule.kind === "mutation") checkCallbacks(file, call);
  return true;
}

function wrap(file: FileMigration, { node }: NodePath, name: string): void {
  file.insertNamed(node.start!, name, (local) => `${local}(`);
  file.insert(node.end!, ")");
}

/** `useSuspenseQuery(options)` is `useCachedQuery({ ...options, suspense: true })`. */
function addSuspense(file: FileMigration, given: NodePath): void {
  const options = plain(given);
  if (!options.isObjectExpression()) {
    file.insert(given.node.start!, "{ ...");
    file.insert(given.node.end!, ", suspense: true }");
    return;
  }
  const last = options.node.properties.at(-1);
  if (!last) return file.insert(options.node.start! + 1, " suspense: true ");
  const isBroken = file.text(options.node).includes("\n");
  file.insert(last.end!, isBroken ? `,${lineBreakBefore(file, last)}suspense: true` : ", suspense: true");
}

/** The end of the line before, and the spaces that begin the line of a node. */
function lineBreakBefore(file: FileMigration, { start }: Node): string {
  const before = file.source.text.slice(0, start!);
  return /\r?\n[ \t]*(?=[^\n]*$)/.exec(before)?.[0] ?? " ";
}

/**
 * One type argument is that of the data. The type of errors is one for all of an app: the library's own default goes.
 * @returns whether the others mean something here
 */
function convertTypeArguments(
  file: FileMigration,
  use: Use,
  { node }: { readonly node: Pick<CallExpression, "typeParameters"> },
  kind: OptionKind,
): boolean {
  const parameters = node.typeParameters;
  if (parameters?.type !== "TSTypeParameterInstantiation" || parameters.params.length < 2) return true;
  const [, error, ...others] = parameters.params;
  const isDefault = ["Error", "DefaultError"].includes(file.text(error!));
  if (!isDefault || (kind !== "mutation" && others.length > 0)) {
    const why = "Only the type of the data is told; the type of errors is one for all of an app.";
    const remedy = "Let types be inferred, or tell the first one alone; Register.defaultError says what errors are.";
    return leaveUse(file, use, why, remedy, "types.md#what-the-types-know");
  }
  file.remove(parameters.params[0]!.end!, error!.end!);
  return true;
}

/** Callbacks of one call have three arguments or, when they settle, four. */
function checkCallbacks(file: FileMigration, call: NodePath): void {
  const { parentPath } = call;
  if (!parentPath?.isVariableDeclarator()) return;
  const limits: Readonly<Record<string, number>> = { onSuccess: 3, onError: 3, onSettled: 4 };
  for (const mutate of mutateCalls(parentPath.get("id") as NodePath)) {
    const callbacks = (mutate.get("arguments") as NodePath[])[1];
    if (!callbacks?.isObjectExpression()) continue;
    for (const property of callbacks.get("properties")) {
      const name = property.isSpreadElement() ? undefined : keyOf(property);
      const value = name === undefined ? undefined : plain(valueOf(property));
      if (!value || !isInlineFunction(value) || value.node.params.length <= (limits[name!] ?? 0)) continue;
      const why = "A callback of one call is not given the context of the mutation.";
      file.leave(property.node, remark(name!, why, "Read the client by useQueryClient.", SECTION.mutations));
    }
  }
}

function mutateCalls(target: NodePath): NodePath<CallExpression>[] {
  const found: NodePath<CallExpression>[] = [];
  const names = Object.values(target.getBindingIdentifiers()) as { name: string }[];
  for (const { name } of names)
    for (const reference of target.scope.getBinding(name)?.referencePaths ?? []) {
      const { parentPath } = reference;
      const callee = parentPath?.isMemberExpression() ? parentPath : reference;
      if (callee.parentPath?.isCallExpression() && callee.key === "callee") found.push(callee.parentPath);
    }
  return found;
}

/** `useQueries({ queries, combine })`. */
export function rewriteQueries(use: Use, file: FileMigration): boolean {
  const call = callOf(use);
  const options = call && plain((call.get("arguments") as NodePath[])[0]!);
  if (!options?.isObjectExpression() || call!.node.arguments.length > 1)
    return leaveUse(
      file,
      use,
      "It is not known here which queries these are.",
      "Write useCachedQueries.",
      SECTION.pages,
    );
  const queries = options.get("properties").find((each) => !each.isSpreadElement() && keyOf(each) === "queries");
  if (!queries || !convertList(file, plain(valueOf(queries))))
    return queries ? false : leaveUse(file, use, "It has no queries.", "Write useCachedQueries.", SECTION.pages);
  file.rename(use, "useCachedQueries");
  return true;
}

/** An array of options, or a `map` that makes one. */
function convertList(file: FileMigration, list: NodePath): boolean {
  if (list.isArrayExpression())
    return (list.get("elements") as NodePath[]).every((each) =>
      each.isSpreadElement() ? convertList(file, plain(each.get("argument"))) : convertOptions(file, each, "hook"),
    );
  if (list.isConditionalExpression())
    return [list.get("consequent"), list.get("alternate")].every((each) => convertList(file, plain(each)));
  const memo = memoOf(list);
  if (memo) return memo.every((each) => convertList(file, plain(each)));
  const callee = list.isCallExpression() ? list.get("callee") : undefined;
  const isMap = callee?.isMemberExpression() === true && callee.get("property").isIdentifier({ name: "map" });
  const each = isMap ? (list.get("arguments") as NodePath[])[0] : undefined;
  if (each && isInlineFunction(each)) return returnsOf(each).every((path) => convertOptions(file, path, "hook"));
  return convertOptions(file, list, "hook");
}

/** Hooks and functions that take a filter. */
export function rewriteFilterHook(use: Use, file: FileMigration): boolean {
  const [filter] = (callOf(use)?.get("arguments") ?? []) as NodePath[];
  convertFilter(file, filter);
  file.rename(use, use.name);
  return true;
}
