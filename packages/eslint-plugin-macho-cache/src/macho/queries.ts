import type { TSESTree } from "@typescript-eslint/types";
import type { SourceFile } from "../source/source-file.ts";
import { type Call, isFunction, memberName, type Node, propertyOf, unwrap } from "../source/tree.ts";

/** A place where a key and the function that loads it are written together. */
export interface Query {
  readonly call: Call;
  readonly key: Node | undefined;
  readonly fetcher: Node | undefined;
  /** A subscription gets no signal. */
  readonly isSubscription: boolean;
}

const HOOKS = new Set(["useCachedQuery", "useCachedInfiniteQuery", "usePrefetchQuery", "useCachedSubscription"]);
const FACTORIES = new Set(["queryOptions", "infiniteQueryOptions", "infiniteQuery"]);
/** Methods of a client: nothing else that a file with Macho calls by these names takes a function as well. */
const METHODS = new Set(["fetchQuery", "prefetchQuery", "ensureQueryData"]);

/** The queries that a call declares. */
export function queriesOf(file: SourceFile, call: Call): Query[] {
  const name = file.machoName(call.callee);
  const [first, second] = call.arguments;
  if (!first) return [];
  const isSubscription = name === "useCachedSubscription";
  if (name === "useCachedQueries") return listed(file, first).map((options) => fromObject(call, options));
  if (!(name !== undefined && (HOOKS.has(name) || FACTORIES.has(name))) && !isMethod(file, call)) return [];
  const options = file.resolve(first);
  if (options.type === "ObjectExpression") return [fromObject(call, options)];
  return [{ call, key: first, fetcher: second, isSubscription }];
}

function fromObject(call: Call, options: TSESTree.ObjectExpression): Query {
  const [key, fetcher] = [propertyOf(options, "queryKey"), propertyOf(options, "fetcher")];
  return { call, key, fetcher, isSubscription: false };
}

function isMethod(file: SourceFile, call: Call): boolean {
  const callee = unwrap(call.callee);
  if (callee.type !== "MemberExpression") return false;
  const name = memberName(callee);
  if (name !== undefined && METHODS.has(name)) return true;
  const owner = file.resolve(callee.object);
  return name === "observe" && isCallOf(file, owner, ["QueryClient", "useQueryClient"]);
}

export function isCallOf(file: SourceFile, node: Node, names: readonly string[]): node is Call {
  if (node.type !== "CallExpression" && node.type !== "NewExpression") return false;
  return names.includes(file.machoName(node.callee) ?? "");
}

/** The objects of `useCachedQueries({ queries })`: those of a list as written, or those that `map` makes. */
function listed(file: SourceFile, argument: Node): TSESTree.ObjectExpression[] {
  const options = file.resolve(argument);
  const queries = options.type === "ObjectExpression" ? propertyOf(options, "queries") : undefined;
  const list = queries && file.resolve(queries);
  if (list?.type === "ArrayExpression") return list.elements.flatMap((each) => (each ? objects(file, each) : []));
  const made = list?.type === "CallExpression" ? list.arguments[0] : undefined;
  return made && isFunction(made) ? returned(made).flatMap((each) => objects(file, each)) : [];
}

function objects(file: SourceFile, node: Node): TSESTree.ObjectExpression[] {
  const object = file.resolve(node);
  return object.type === "ObjectExpression" ? [object] : [];
}

/** What a function gives at its end. */
function returned(fn: TSESTree.ArrowFunctionExpression | TSESTree.FunctionExpression | TSESTree.FunctionDeclaration) {
  if (fn.body.type !== "BlockStatement") return [fn.body];
  const last = fn.body.body.at(-1);
  return last?.type === "ReturnStatement" && last.argument ? [last.argument] : [];
}
