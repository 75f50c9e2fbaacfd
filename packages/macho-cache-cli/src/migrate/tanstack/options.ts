// Options of hooks and calls: `queryFn` becomes `fetcher`, what is not here is remarked on.
import type { NodePath } from "@babel/traverse";
import type { ObjectExpression, ObjectProperty } from "@babel/types";
import { type Definition, definitionOf, importedName, keyOf, plain, returnsOf } from "../definition.ts";
import type { FileMigration } from "../file-migration.ts";
import { isInlineFunction } from "../function-edits.ts";
import { libraryNameOf } from "../file-migration.ts";
import { convertFetcher } from "./fetcher.ts";
import { convertQueryParameter } from "./flat-query.ts";
import { convertNoErrorParameter } from "./mutation-callbacks.ts";
import { MISSING_OPTIONS, remark, SECTION, unknownOption } from "./remarks.ts";

/** What the options are for. */
export type OptionKind = "hook" | "pages" | "call" | "defaults" | "mutation";

/** Options whose value may be a function of the query, and which argument that is. */
const OF_QUERY: Readonly<Record<string, number>> = {
  staleTime: 0,
  enabled: 0,
  refetchOnMount: 0,
  refetchOnWindowFocus: 0,
  refetchOnReconnect: 0,
  refetchInterval: 0,
  throwOnError: 1,
  placeholderData: 1,
};
/** Options that mean the same. */
const SAME = new Set(
  (
    "queryKey retry retryDelay refetchIntervalInBackground networkMode select initialData structuralSharing " +
    "subscribed meta"
  ).split(" "),
);
/** Options that are a function in TanStack Query only. */
const NO_FUNCTION = new Set(["retryOnMount", "initialDataUpdatedAt"]);
const OF_PAGES = new Set(["initialPageParam", "getNextPageParam", "getPreviousPageParam", "maxPages"]);
const OF_MUTATION = new Set(
  "mutationFn mutationKey onMutate onSuccess onError onSettled retry retryDelay networkMode scope meta".split(" "),
);

/** Names of the library that give options as they were written. */
const MAKERS = new Set(["queryOptions", "infiniteQueryOptions", "mutationOptions"]);

/**
 * Rewrites the options that a hook or a call is given, wherever they are written.
 * @returns whether it is known what they are
 */
export function convertOptions(file: FileMigration, given: NodePath | undefined, kind: OptionKind): boolean {
  if (!given) return true;
  const path = plain(given);
  if (path.isObjectExpression()) {
    convertObject(file, path, kind);
    return true;
  }
  if (path.isConditionalExpression())
    return [path.get("consequent"), path.get("alternate")].every((each) => convertOptions(file, each, kind));
  const memo = memoOf(path);
  if (memo) return memo.every((each) => convertOptions(file, each, kind));
  if (isMade(file, { file: file.source, path })) return true;
  const own = ownObject(file, path);
  if (!own) return leaveOptions(file, path);
  return file.once(own.node, () => {
    convertObject(file, own, kind);
    return true;
  });
}

/** What `useMemo(() => value, [])` gives. */
export function memoOf(path: NodePath): NodePath[] | undefined {
  if (!path.isCallExpression()) return undefined;
  const { callee } = path.node;
  const name = callee.type === "MemberExpression" ? callee.property : callee;
  const [made] = path.get("arguments") as NodePath[];
  return name.type === "Identifier" && name.name === "useMemo" && made?.isFunction() ? returnsOf(made) : undefined;
}

function leaveOptions(file: FileMigration, path: NodePath): false {
  const text = file.text(path.node);
  return file.leave(
    path.node,
    remark(
      text.length > 40 ? `${text.slice(0, 40)}...` : text,
      "It is not known here which options these are.",
      "Rename the hook, and queryFn to fetcher where the options are written. queryOptions({ ... }) around them tells.",
      SECTION.uses,
    ),
  );
}

/** Whether an expression gives what `queryOptions` made: that is rewritten where it is called. */
export function isMade(file: FileMigration, from: Definition, steps: number = 6): boolean {
  const found = definitionOf(file.project, from);
  if (!found || steps === 0 || !found.path.isCallExpression()) return false;
  const callee = found.path.get("callee");
  const maker = libraryNameOf(file.library, importedName(callee));
  if (maker !== undefined) return MAKERS.has(maker);
  const fn = definitionOf(file.project, { file: found.file, path: callee });
  if (!fn?.path.isFunction()) return false;
  const returned = returnsOf(fn.path);
  return returned.length > 0 && returned.every((path) => isMade(file, { file: fn.file, path }, steps - 1));
}

/** An object that only hooks and calls of the library are given. */
function ownObject(file: FileMigration, path: NodePath): NodePath<ObjectExpression> | undefined {
  if (!path.isIdentifier()) return undefined;
  const binding = path.scope.getBinding(path.node.name);
  if (!binding?.constant || !binding.path.isVariableDeclarator()) return undefined;
  if (binding.path.findParent((each) => each.isExportDeclaration())) return undefined;
  const init = plain(binding.path.get("init") as NodePath);
  const isOwn = binding.referencePaths.every((each) => isGivenToLibrary(file, each));
  return init.isObjectExpression() && isOwn ? init : undefined;
}

function isGivenToLibrary(file: FileMigration, path: NodePath): boolean {
  const holder = path.parentPath?.isSpreadElement() ? path.parentPath.parentPath : path;
  const call = holder?.parentPath;
  return call?.isCallExpression() === true && file.libraryName(call.get("callee")) !== undefined;
}

/** Rewrites each property that has an equal here. */
function convertObject(file: FileMigration, object: NodePath<ObjectExpression>, kind: OptionKind): void {
  for (const property of object.get("properties")) {
    if (property.isSpreadElement()) convertSpread(file, property.get("argument"), kind);
    else convertProperty(file, property, kind);
  }
}

function convertSpread(file: FileMigration, given: NodePath, kind: OptionKind): void {
  const argument = plain(given);
  if (argument.isLogicalExpression({ operator: "&&" })) return convertSpread(file, argument.get("right"), kind);
  if (argument.isConditionalExpression()) {
    convertSpread(file, argument.get("consequent"), kind);
    return convertSpread(file, argument.get("alternate"), kind);
  }
  convertOptions(file, argument, kind);
}

function convertProperty(file: FileMigration, property: NodePath, kind: OptionKind): void {
  const name = keyOf(property);
  if (name === undefined) {
    file.leave(property.node, { ...unknownOption("[...]"), why: "It is not known which option this is." });
  } else if (kind === "mutation") convertMutationOption(file, property, name);
  else if (name === "queryFn") convertQueryFn(file, property);
  else if (!isSame(file, property, name, kind)) {
    const missing = Object.hasOwn(MISSING_OPTIONS, name) ? MISSING_OPTIONS[name]! : unknownOption(name);
    file.leave(property.node, missing);
  }
}

function isSame(file: FileMigration, property: NodePath, name: string, kind: OptionKind): boolean {
  if (kind === "call" && name === "initialData") return leaveInitialData(file, property);
  if (Object.hasOwn(OF_QUERY, name)) {
    // What does not fit was remarked on where it is.
    convertQueryParameter(file, valueOf(property), name, OF_QUERY[name]!);
    return true;
  }
  if (NO_FUNCTION.has(name)) return isValue(file, property, name);
  if (kind === "pages" && name === "pages") return renameKey(file, property, "initialPages");
  return SAME.has(name) || (kind === "pages" && OF_PAGES.has(name));
}

function leaveInitialData(file: FileMigration, property: NodePath): true {
  file.leave(
    property.node,
    remark(
      "initialData",
      "Calls do not read it: initialData is for hooks.",
      "Call setQueryData before, or write getQueryData(key) ?? data.",
      SECTION.cache,
    ),
  );
  return true;
}

function isValue(file: FileMigration, property: NodePath, name: string): true {
  const path = plain(valueOf(property));
  if (!isInlineFunction(path) && !file.definition(path)?.path.isFunction()) return true;
  file.leave(
    property.node,
    remark(name, "It takes no function.", "Call the function here: options are read at each render.", SECTION.options),
  );
  return true;
}

/** The value of a property; of a method, the method. */
export function valueOf(property: NodePath): NodePath {
  return property.isObjectMethod() ? property : (property.get("value") as NodePath);
}

function convertQueryFn(file: FileMigration, property: NodePath): void {
  file.attempt(() => convertFetcher(file, valueOf(property)) && renameKey(file, property, "fetcher"));
}

/** Another name for an option, however it is written. */
function renameKey(file: FileMigration, property: NodePath, name: string): true {
  const { key, shorthand } = property.node as ObjectProperty;
  if (shorthand) file.insert(key.start!, `${name}: `);
  else if (key.type === "StringLiteral") file.replace({ start: key.start! + 1, end: key.end! - 1 }, name);
  else file.replace(key, name);
  return true;
}

function convertMutationOption(file: FileMigration, property: NodePath, name: string): void {
  if (name === "gcTime") {
    const why = "How long a mutation is known is not an option: the last 100 that settled are.";
    file.leave(property.node, remark(name, why, "Delete it.", SECTION.mutations));
  } else if (name === "throwOnError") convertQueryParameter(file, valueOf(property), name, 1);
  else if (!OF_MUTATION.has(name)) file.leave(property.node, unknownOption(name));
  else if (name === "onSettled") convertNoErrorParameter(file, valueOf(property));
}
