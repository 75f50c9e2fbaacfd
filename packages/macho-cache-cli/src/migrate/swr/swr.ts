import type { NodePath } from "@babel/traverse";
import { functionOf, plain, returnsOf } from "../definition.ts";
import { type FileMigration, libraryNameOf } from "../file-migration.ts";
import { importedName, keyOf } from "../definition.ts";
import type { Library, Survey } from "../library.ts";
import type { Project } from "../project.ts";
import { leaveUse } from "../tanstack/hooks.ts";
import { valueOf } from "../tanstack/options.ts";
import { fieldsOf } from "../tanstack/results.ts";
import { convertType, declaresErrorType } from "../tanstack/types.ts";
import type { Use } from "../use.ts";
import { needProvider, rewriteConfig } from "./config.ts";
import { convertSwrResult, retryCountOf, rewriteSwr } from "./hooks.ts";
import { leaveMutate, rewriteUseConfig } from "./mutate.ts";
import { rewriteMutation } from "./mutation.ts";
import { SECTION } from "./remarks.ts";

type Rule = (use: Use, file: FileMigration) => boolean;

const left =
  (why: string, remedy: string, doc: string = SECTION.exports): Rule =>
  (use, file) =>
    leaveUse(file, use, why, remedy, doc);

/** By name, and by module for what a module exports by default. */
const RULES: Readonly<Record<string, Rule>> = {
  swr: (use, file) => {
    needProvider(use, file);
    return rewriteSwr(use, file, false);
  },
  "swr/immutable": (use, file) => {
    needProvider(use, file);
    return rewriteSwr(use, file, true);
  },
  "swr/mutation": rewriteMutation,
  "swr/infinite": left(
    "A list is one entry of its key here, and each page says which is the next.",
    "Write useCachedInfiniteQuery(key, loadPage, { initialPageParam, getNextPageParam }).",
    SECTION.pages,
  ),
  "swr/subscription": left(
    "An error ends a subscription here.",
    "Write useCachedSubscription(key, (key, { next, error }) => disconnect).",
    SECTION.subscription,
  ),
  SWRConfig: rewriteConfig,
  useSWRConfig: rewriteUseConfig,
  mutate: (use, file) => {
    leaveMutate(file, use.path);
    return false;
  },
  SWRResponse: (use, file) => convertType(use, file, { to: "QueryResult", error: 1, most: 1, needed: ["any"] }),
  preload: left("It belongs to a client.", "Use client.prefetchQuery(key, fetcher), or usePrefetchQuery."),
  unload: left("It belongs to a client.", "Use client.clear() or client.removeQueries(key)."),
  unstable_serialize: left("Its text is another one.", "Use hashKey where only equality counts."),
  useSWRInfinite: left("A list is one entry of its key here.", "Write useCachedInfiniteQuery.", SECTION.pages),
};

function rewriteUse(use: Use, file: FileMigration): boolean {
  if (use.path.parentPath?.isExportSpecifier())
    return leaveUse(
      file,
      use,
      "It is exported, and who imports it is not looked at.",
      "Export what takes its place.",
      SECTION.uses,
    );
  const name = use.name === "default" ? use.module : use.name;
  const rule = Object.hasOwn(RULES, name) ? RULES[name]! : undefined;
  return rule
    ? rule(use, file)
    : leaveUse(file, use, "No name here takes its place.", "Look it up in the guide.", SECTION.exports);
}

const HOOKS = new Set(["swr", "swr/immutable"]);

/** Results of hooks that give what `useSWR` gives. */
function rewriteCallers(file: FileMigration): void {
  const mayChange = file.imports.specifiers.length > 0;
  file.source.program.traverse({
    CallExpression(call) {
      const callee = call.get("callee") as NodePath;
      if (!/\buse[A-Z]\w*$/.test(file.text(callee.node))) return;
      const hook = functionOf(file.project, { file: file.source, path: callee });
      const gives = hook && returnsOf(hook.path).map((each) => plain(each));
      const isSwr =
        gives?.length === 1 && gives[0]!.isCallExpression() && isHook(file, gives[0].get("callee") as NodePath);
      if (isSwr) convertSwrResult(file, gives[0]!, fieldsOf(call), mayChange);
    },
  });
}

function isHook(file: FileMigration, callee: NodePath): boolean {
  return HOOKS.has(libraryNameOf(file.library, importedName(callee)) ?? "");
}

function survey(project: Project, paths: readonly string[]): Survey {
  const found: { hasErrorType: boolean; providerCount: number; retryCount?: number } = {
    hasErrorType: false,
    providerCount: 0,
  };
  const said = new Set<string>();
  for (const path of paths) {
    const program = project.file(path)?.program;
    if (!program) continue;
    if (declaresErrorType(program)) found.hasErrorType = true;
    program.traverse({
      JSXOpeningElement({ node }) {
        if (node.name.type === "JSXIdentifier" && node.name.name === "SWRConfig") found.providerCount++;
      },
      ObjectMember(property) {
        const retries = retryCountOf(property);
        if (retries !== undefined && property.findParent((each) => each.isJSXOpeningElement()))
          found.retryCount = retries;
        const isOff = keyOf(property) === "shouldRetryOnError" && valueOf(property).isBooleanLiteral({ value: false });
        if (isOff && property.findParent((each) => each.isJSXOpeningElement())) said.add("retries");
      },
    });
  }
  return { ...found, hasDefaultRetry: false, hasInitialData: false, objectsInKeys: new Map(), said };
}

/** SWR 2. */
export const SWR: Library = {
  name: "swr",
  packages: Object.fromEntries(
    ["swr", "swr/immutable", "swr/mutation", "swr/infinite", "swr/subscription"].map((name) => [
      name,
      "macho-cache/react",
    ]),
  ),
  others: /^swr\//,
  words: /\bswr\b|\bisValidating\b|\bmutate\b/,
  guide: "from-swr.md",
  rewriteUse,
  rewriteRest: rewriteCallers,
  survey,
};
