// The client, its provider, the devtools, and what a server sends.
import type { NodePath } from "@babel/traverse";
import type { JSXOpeningElement, Node, ObjectExpression } from "@babel/types";
import { keyOf, plain } from "../definition.ts";
import type { FileMigration } from "../file-migration.ts";
import { isInlineFunction } from "../function-edits.ts";
import { isTyped } from "../source-file.ts";
import type { Use } from "../use.ts";
import { convertQueryParameter } from "./flat-query.ts";
import { callOf, leaveUse } from "./hooks.ts";
import { convertOptions, valueOf } from "./options.ts";
import { remark, SECTION, unknownOption } from "./remarks.ts";

/** `new QueryClient({ defaultOptions, queryCache })`, or the type. */
export function rewriteClient(use: Use, file: FileMigration): boolean {
  const { parentPath } = use.path;
  if (parentPath?.isTSTypeReference() || parentPath?.isTSTypeQuery()) {
    file.rename(use, "QueryClient");
    return true;
  }
  const isMade = parentPath?.isNewExpression() === true && use.path.key === "callee";
  const isAsked = parentPath?.isBinaryExpression({ operator: "instanceof" }) === true;
  if (!isMade && !isAsked) {
    const why = "The class is passed on or extended.";
    return leaveUse(file, use, why, "Look at what is done with it: the methods are not all the same.", SECTION.client);
  }
  file.rename(use, "QueryClient");
  const options = isMade ? (parentPath.get("arguments") as NodePath[])[0] : undefined;
  if (options && plain(options).isObjectExpression()) convertClient(file, plain(options) as NodePath<ObjectExpression>);
  else if (options)
    file.leave(options.node, {
      ...unknownOption(file.text(options.node).slice(0, 40)),
      why: "It is not known here which options these are.",
    });
  if (isMade) declareErrors(file);
  return true;
}

function convertClient(file: FileMigration, options: NodePath<ObjectExpression>): void {
  for (const property of options.get("properties")) {
    const name = property.isSpreadElement() ? undefined : keyOf(property);
    if (name === "defaultOptions") convertDefaults(file, plain(valueOf(property)));
    else if (name === "queryCache") convertQueryCache(file, property);
    else if (name === "mutationCache") leaveMutationCache(file, property.node);
    else file.leave(property.node, unknownOption(name ?? file.text(property.node)));
  }
}

function convertDefaults(file: FileMigration, defaults: NodePath): void {
  if (!defaults.isObjectExpression()) {
    const why = "It is not known here which options these are.";
    file.leave(defaults.node, remark("defaultOptions", why, "Rename queryFn to fetcher there.", SECTION.client));
    return;
  }
  for (const property of defaults.get("properties")) {
    const name = property.isSpreadElement() ? undefined : keyOf(property);
    if (name === "queries") convertOptions(file, valueOf(property), "defaults");
    else if (name === "mutations") convertOptions(file, valueOf(property), "mutation");
    else {
      const why = "Defaults are those of queries and of mutations.";
      file.leave(
        property.node,
        remark(name ?? "defaultOptions", why, "Give the options to each call.", SECTION.client),
      );
    }
  }
}

function leaveMutationCache(file: FileMigration, node: Node): void {
  file.leave(
    node,
    remark(
      "mutationCache",
      "There is no MutationCache: a mutation's own callback takes the place of the default one.",
      "Use defaultOptions.mutations, or mutationsOf(client).subscribe to hear of all.",
      SECTION.client,
    ),
  );
}

/** `queryCache: new QueryCache({ onError })` is `onError`. */
function convertQueryCache(file: FileMigration, property: NodePath): void {
  const made = plain(valueOf(property));
  const inner = made.isNewExpression() ? (made.get("arguments") as NodePath[])[0] : undefined;
  const isOwn = made.isNewExpression() && file.libraryName(made.get("callee")) === "QueryCache";
  const isDone = file.attempt(() => {
    if (!isOwn || !inner?.isObjectExpression() || inner.node.properties.length === 0) return false;
    if (!inner.get("properties").every((each) => convertListener(file, each))) return false;
    const { properties } = inner.node;
    file.remove(property.node.start!, properties[0]!.start!);
    file.remove(properties.at(-1)!.end!, made.node.end!);
    return true;
  });
  if (isDone) return;
  const why = "There is no QueryCache: its callbacks are options of the client, and onSettled gets the query alone.";
  const remedy = "Write onSuccess(data, query), onError(error, query) or onSettled(query) beside defaultOptions.";
  file.leave(property.node, remark("queryCache", why, remedy, SECTION.client));
}

function convertListener(file: FileMigration, property: NodePath): boolean {
  const name = property.isSpreadElement() ? undefined : keyOf(property);
  if (name !== "onError" && name !== "onSuccess") return false;
  const value = plain(valueOf(property));
  return isInlineFunction(value) && convertQueryParameter(file, value, name, 1);
}

/** The name inside of `queryCache` goes with it. */
export function rewriteQueryCache(use: Use, file: FileMigration): boolean {
  const made = use.path.parentPath;
  const property = made?.parentPath;
  const isInClient = made?.isNewExpression() && property?.isObjectProperty() && keyOf(property) === "queryCache";
  if (!isInClient)
    return leaveUse(
      file,
      use,
      "There is no QueryCache with live queries.",
      "Use client.getQueries(filter) or client.subscribe(listener).",
      SECTION.client,
    );
  // Whether it went is known when the client was rewritten, which comes after: the remark says so if it did not.
  return !file.findings.some(({ subject }) => subject === "queryCache");
}

/** In TanStack Query errors are of type `Error` unless declared otherwise. The same is declared here, once. */
export function declareErrors(file: FileMigration): void {
  if (!isTyped(file.source) || file.survey.hasErrorType) return;
  const type = file.library.name === "swr" ? "any" : "Error";
  file.survey.hasErrorType = true;
  file.survey.errorType = { file: file.source.name, type };
  const imports = file.source.program.get("body").filter((each) => each.isImportDeclaration());
  const newline = file.source.text.includes("\r\n") ? "\r\n" : "\n";
  const lines = [
    "",
    "",
    'declare module "macho-cache/react" {',
    "  interface Register {",
    `    defaultError: ${type};`,
    "  }",
    "}",
  ];
  file.insertLast(imports.at(-1)!.node.end!, lines.join(newline));
}

/** `<QueryClientProvider client={client}>`. */
export function rewriteElement(use: Use, file: FileMigration, to: string, allowed: readonly string[]): boolean {
  const opening = openingOf(use);
  const isPlainCall = use.path.isIdentifier() && use.path.parentPath?.isCallExpression();
  if (!opening && !isPlainCall && !isClosing(use))
    return leaveUse(file, use, "The component is passed on.", `It is ${to}.`, SECTION.client);
  file.rename(use, to);
  for (const attribute of opening?.get("attributes") ?? []) {
    const name = attribute.isJSXAttribute() ? file.text(attribute.node.name) : "...";
    if (allowed.includes(name)) continue;
    const why = `${to} has no such prop.`;
    file.leave(attribute.node, remark(name, why, `Its props are ${allowed.join(", ")}.`, SECTION.client));
  }
  return true;
}

function openingOf({ path }: Use): NodePath<JSXOpeningElement> | undefined {
  const owner = path.parentPath;
  return owner?.isJSXOpeningElement() ? owner : undefined;
}

function isClosing({ path }: Use): boolean {
  return path.parentPath?.isJSXClosingElement() === true;
}

/** `dehydrate(client, options)`. */
export function rewriteDehydrate(use: Use, file: FileMigration): boolean {
  const call = callOf(use);
  if (!call) return leaveUse(file, use, "The function is passed on.", `It is ${use.name} here too.`, SECTION.servers);
  file.rename(use, use.name);
  const options = (call.get("arguments") as NodePath[])[use.name === "dehydrate" ? 1 : 2];
  if (!options) return true;
  const object = plain(options);
  const properties = object.isObjectExpression() ? object.get("properties") : [object];
  for (const property of properties) {
    const name = property.isObjectExpression() || property.isSpreadElement() ? undefined : keyOf(property);
    if (name === "shouldDehydrateQuery") convertQueryParameter(file, valueOf(property), name, 0);
    else file.leave(property.node, { ...unknownOption(name ?? "options"), doc: SECTION.servers });
  }
  return true;
}
