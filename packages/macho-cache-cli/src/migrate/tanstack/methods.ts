// Methods of the client.
import type { NodePath } from "@babel/traverse";
import type { CallExpression, Node } from "@babel/types";
import { FileMigration } from "../file-migration.ts";
import { memberName } from "../function-edits.ts";
import { keyOf, plain } from "../definition.ts";
import { isClient } from "./client.ts";
import { checkPrefix, convertFilter } from "./filters.ts";
import { convertNoError } from "./no-error.ts";
import { convertOptions, valueOf } from "./options.ts";
import { remark, SECTION } from "./remarks.ts";
import { fieldsOf, renameField } from "./results.ts";

/** A call of a method. */
interface MethodCall {
  readonly file: FileMigration;
  readonly call: NodePath<CallExpression>;
  readonly member: NodePath;
  readonly args: readonly NodePath[];
  readonly name: string;
}

type Rule = (call: MethodCall) => void;

const left =
  (why: string, remedy: string, doc: string = SECTION.methods): Rule =>
  ({ file, call, name }) =>
    void file.leave(call.node, remark(`${name}()`, why, remedy, doc));

const RULES: Readonly<Record<string, Rule>> = {
  invalidateQueries: invalidate,
  refetchQueries: byFilter,
  cancelQueries: cancel,
  resetQueries: reset,
  isFetching: byFilter,
  getQueriesData: byFilter,
  setQueriesData: byFilter,
  removeQueries: left(
    "A mounted hook of a removed query is pending and loads. TanStack Query leaves it as it is.",
    "Keep the call where no hook of these queries is mounted, or where loading again is wanted.",
    SECTION.cache,
  ),
  clear: left(
    "Mounted hooks load again, and mutations stay: clear is about queries.",
    "Unmount what shows queries before. For mutations call mutationsOf(client).clear() as well.",
    SECTION.cache,
  ),
  fetchQuery: load,
  prefetchQuery: load,
  ensureQueryData: load,
  fetchInfiniteQuery: (call) => loadPages(call, "fetchQuery"),
  prefetchInfiniteQuery: (call) => loadPages(call, "prefetchQuery"),
  ensureInfiniteQueryData: (call) => loadPages(call, "ensureQueryData"),
  setQueryDefaults: ({ file, args }) => {
    if (args[0]) checkPrefix(file, args[0]);
    convertOptions(file, args[1], "defaults");
  },
  setMutationDefaults: (call) => {
    convertOptions(call.file, call.args[1], "mutation");
    becomeFunction(call, "setMutationDefaults");
  },
  isMutating: (call) => becomeFunction(call, "isMutating"),
  resumePausedMutations: (call) => becomeFunction(call, "resumePausedMutations"),
  getQueryState: state,
  getQueryCache: left(
    "There is no QueryCache with live queries.",
    "Use client.getQueries(filter), getQueryState(key) or subscribe(listener), which give plain objects.",
    SECTION.client,
  ),
  getMutationCache: left("There is no MutationCache.", "Use mutationsOf(client).", SECTION.client),
  getDefaultOptions: left(
    "Defaults cannot be read back.",
    "Keep the object that the client was given.",
    SECTION.client,
  ),
  setDefaultOptions: left("Defaults are given to the constructor.", "Use setQueryDefaults for keys.", SECTION.client),
  getQueryDefaults: left(
    "Its options have other names here: fetcher, not queryFn.",
    "See what is read of them.",
    SECTION.client,
  ),
  getMutationDefaults: left("Defaults of mutations cannot be read back.", "Keep the object.", SECTION.client),
  defaultQueryOptions: left("Options with defaults cannot be read.", "Use setQueryDefaults.", SECTION.client),
  defaultMutationOptions: left("Options with defaults cannot be read.", "Use setMutationDefaults.", SECTION.client),
};

/** Names that are no method of anything else in common use. */
const DISTINCT = new Set(Object.keys(RULES).filter((name) => name !== "clear"));

/** Words of which one stands in every file with such a call. */
export const METHOD_WORDS: string = [...DISTINCT].join("|");

/** Rewrites the calls of a client's methods in a file. */
export function rewriteMethods(file: FileMigration, mayChange: boolean): void {
  file.source.program.traverse({
    CallExpression(call) {
      const member = call.get("callee") as NodePath;
      if (!member.isMemberExpression() && !member.isOptionalMemberExpression()) return;
      if (member.node.computed || member.node.property.type !== "Identifier") return;
      const name = memberName(member);
      if (!Object.hasOwn(RULES, name)) return;
      rewriteCall({ file, call, member, name, args: call.get("arguments") as NodePath[] }, mayChange);
    },
  });
}

function rewriteCall(call: MethodCall, mayChange: boolean): void {
  const { file, member, name } = call;
  const certainty = isClient(file, member.get("object") as NodePath);
  if (certainty === "no" || (certainty === "unknown" && !DISTINCT.has(name))) return;
  if (certainty === "yes" && mayChange) return RULES[name]!(call);
  leaveUnsure(call, certainty === "yes");
}

/** What would have to be changed is tried on a copy, which is thrown away. */
function leaveUnsure(call: MethodCall, isSure: boolean): void {
  const { file, name } = call;
  const trial = new FileMigration(file.source, file.project, file.library, file.survey);
  RULES[name]!({ ...call, file: trial });
  for (const finding of trial.findings) file.findings.push(finding);
  if (trial.changeCount === 0) return;
  const why = isSure
    ? "This file imports nothing of the library, so it was not touched."
    : "It is not known here whether this is a QueryClient.";
  file.leave(call.call.node, remark(`${name}()`, why, remedyFor(name), SECTION.methods));
}

function remedyFor(name: string): string {
  if (name === "invalidateQueries") return "Put refetchType into the second argument; a predicate reads query.key.";
  return /Infinite/.test(name)
    ? "Write client.fetchQuery(infiniteQuery({ queryKey, fetcher, ... })) or its kin."
    : "Rename queryFn to fetcher: it is given (key, { signal }).";
}

function byFilter({ file, args }: MethodCall): void {
  convertFilter(file, args[0]);
}

function reset(call: MethodCall): void {
  byFilter(call);
  const why = "A reset goes to pending, not to initialData.";
  if (call.file.survey.hasInitialData)
    left(why, "Use placeholderData where something has to show.", SECTION.cache)(call);
}

function cancel({ file, args }: MethodCall): void {
  convertFilter(file, args[0]);
  if (!args[1]) return;
  const why = "The data from before the load always stays, and a cancel is never shown as an error.";
  file.leave(args[1].node, remark("cancelQueries()", why, "Delete the second argument.", SECTION.methods));
}

/** `refetchType` stands in the second argument. */
function invalidate({ file, args }: MethodCall): void {
  const filter = convertFilter(file, args[0]);
  const property = filter?.get("properties").find((each) => !each.isSpreadElement() && keyOf(each) === "refetchType");
  if (!filter || !property) return;
  const options = args[1] && plain(args[1]);
  const isMovable = valueOf(property).isStringLiteral() && (!options || options.isObjectExpression());
  if (!isMovable) {
    const why = "refetchType is an option in the second argument.";
    file.leave(property.node, remark("refetchType", why, "Move it there.", SECTION.methods));
    return;
  }
  const text = file.text(property.node);
  removeProperty(file, filter.node.properties, property.node);
  if (!options) file.insert(args[0]!.node.end!, `, { ${text} }`);
  else file.insert(options.node.start! + 1, ` ${text},`);
}

function removeProperty(file: FileMigration, all: readonly Node[], node: Node): void {
  const index = all.indexOf(node);
  const next = all[index + 1];
  const before = all[index - 1];
  if (next) file.remove(node.start!, next.start!);
  else file.remove(before ? before.end! : node.start!, node.end!);
}

/** `fetchQuery` and its kin try once, unless the call says otherwise. */
function load(call: MethodCall): void {
  const { file, args, name } = call;
  convertOptions(file, args[0], "call");
  const options = args[0] && plain(args[0]);
  const saysRetry =
    options?.isObjectExpression() &&
    options.get("properties").some((each) => !each.isSpreadElement() && keyOf(each) === "retry");
  if (!file.survey.hasDefaultRetry || saysRetry) return;
  file.leave(
    call.call.node,
    remark(
      `${name}()`,
      "A call tries once, whatever the defaults say of retry.",
      "Give it the retry of the defaults.",
      SECTION.loads,
    ),
  );
}

/** `prefetchInfiniteQuery(options)` is `prefetchQuery(infiniteQuery(options))`. */
function loadPages({ file, args, member }: MethodCall, name: string): void {
  if (!args[0] || !convertOptions(file, args[0], "pages")) return;
  file.replace((member.node as unknown as { property: Node }).property, name);
  file.insertNamed(args[0].node.start!, "infiniteQuery", (local) => `${local}(`);
  file.insert(args[0].node.end!, ")");
}

/** `client.isMutating(filter)` is `isMutating(client, filter)`. */
function becomeFunction({ file, call, member, args }: MethodCall, name: string): void {
  const object = (member.get("object") as NodePath).node;
  const open = args[0] ? args[0].node.start! : call.node.end! - 1;
  file.remove(object.start!, open);
  file.insertNamed(open, name, (local) => `${local}(${file.text(object)}${args[0] ? ", " : ""}`);
}

const STATE_NAMES: Readonly<Record<string, string>> = {
  fetchFailureCount: "failureCount",
  fetchFailureReason: "failureReason",
};

function state({ file, call }: MethodCall): void {
  for (const { name, path, uses } of fieldsOf(call)) {
    if (name === "error") for (const use of uses) convertNoError(file, use);
    if (STATE_NAMES[name] !== undefined) renameField(file, path, STATE_NAMES[name]);
    if (name === "fetchMeta")
      file.leave(path.node, remark(name, "A state has no fetchMeta.", "Read meta.", SECTION.results));
  }
}
