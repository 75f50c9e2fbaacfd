import { keyOf } from "../definition.ts";
import type { FileMigration } from "../file-migration.ts";
import type { Library } from "../library.ts";
import type { Use } from "../use.ts";
import { callOf, HOOKS, leaveUse, rewriteFilterHook, rewriteHook, rewriteQueries } from "./hooks.ts";
import { METHOD_WORDS, rewriteMethods } from "./methods.ts";
import { SECTION } from "./remarks.ts";
import { rewriteCallers } from "./callers.ts";
import { rewriteClient, rewriteDehydrate, rewriteElement, rewriteQueryCache } from "./setup.ts";
import { survey } from "./survey.ts";
import { rewriteRegister, rewriteType } from "./types.ts";

type Rule = (use: Use, file: FileMigration) => boolean;

const same: Rule = (use, file) => {
  file.rename(use, use.name);
  return true;
};

const left =
  (why: string, remedy: string, doc: string): Rule =>
  (use, file) =>
    leaveUse(file, use, why, remedy, doc);

const OTHER_ARGUMENTS = "Its type arguments are others, and the key is not among the options.";
const NOT_EXPORTED = "It is an internal of TanStack Query.";

const RULES: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(
    Object.entries(HOOKS).map(([name, rule]): [string, Rule] => [name, (use, file) => rewriteHook(use, file, rule)]),
  ),
  useQueries: rewriteQueries,
  useQueryClient: (use, file) => {
    const hasClient = (callOf(use)?.node.arguments.length ?? 0) > 0;
    return hasClient
      ? leaveUse(file, use, "A hook takes no client.", "Use the client itself.", SECTION.client)
      : same(use, file);
  },
  useIsFetching: rewriteFilterHook,
  useIsMutating: rewriteMutationFilter,
  useMutationState: rewriteMutationFilter,
  QueryClient: rewriteClient,
  QueryCache: rewriteQueryCache,
  QueryClientProvider: (use, file) => rewriteElement(use, file, "MachoProvider", ["client", "children"]),
  HydrationBoundary: (use, file) => rewriteElement(use, file, "HydrationBoundary", ["state", "children"]),
  ReactQueryDevtools: (use, file) => rewriteElement(use, file, "MachoDevtools", ["initialIsOpen", "client"]),
  ReactQueryDevtoolsPanel: (use, file) => rewriteElement(use, file, "MachoDevtoolsPanel", ["client"]),
  QueryErrorResetBoundary: same,
  useQueryErrorResetBoundary: same,
  dehydrate: rewriteDehydrate,
  hydrate: rewriteDehydrate,
  keepPreviousData: same,
  skipToken: same,
  hashKey: same,
  useSuspenseQueries: left(
    "A component waits for one query.",
    "Call usePrefetchQuery for each query, then render a component for each.",
    SECTION.pages,
  ),
  MutationCache: (use, file) => {
    const property = use.path.parentPath?.parentPath;
    // The option of the client was remarked on.
    if (property?.isObjectProperty() && keyOf(property) === "mutationCache") return false;
    return leaveUse(file, use, "There is no MutationCache.", "Use mutationsOf(client).", SECTION.client);
  },
  useIsRestoring: left(
    "No load waits for a restore.",
    "Delete it, or use usePersistReady of macho-cache/persist/react.",
    "from-tanstack-persisters.md#each-task-before-and-now",
  ),
  focusManager: left("Focus is heard by the client.", "Give new QueryClient({ environment }).", SECTION.servers),
  onlineManager: left("The network is heard by the client.", "Give new QueryClient({ environment }).", SECTION.servers),
  notifyManager: left("There is no queue of notifications.", "Delete it: React batches.", SECTION.servers),
  isServer: left("A server is where there is no document.", 'Write typeof document === "undefined".', SECTION.servers),
  CancelledError: left("A cancel is an AbortError.", 'Compare error.name with "AbortError".', SECTION.methods),
  isCancelledError: left("A cancel is an AbortError.", 'Compare error.name with "AbortError".', SECTION.methods),
  replaceEqualDeep: left("It is not exported.", "Use shareStructure(old, next).", SECTION.options),
  matchQuery: left(NOT_EXPORTED, "Use client.getQueries(filter).", SECTION.client),
  QueryObserver: left(
    "An observer is made by the client.",
    "Use client.observe(key, fetcher, options).",
    SECTION.methods,
  ),
  QueriesObserver: left("It is ObserverGroup, for bindings.", "Use client.observe for each query.", SECTION.methods),
  InfiniteQueryObserver: left("It is made by client.watch.", "Use useCachedInfiniteQuery.", SECTION.methods),
  MutationObserver: left(
    "Its methods are in actions.",
    "Use observer.actions.mutateAsync(variables).",
    SECTION.methods,
  ),
  UseQueryOptions: left(OTHER_ARGUMENTS, "Write QueryOptions<Data, Shown>, which has no key.", SECTION.options),
  UseSuspenseQueryOptions: left(OTHER_ARGUMENTS, "Write QueryOptions<Data, Shown>, which has no key.", SECTION.options),
  UseInfiniteQueryOptions: left(OTHER_ARGUMENTS, "Write InfiniteQueryOptions<Page, PageParam, Shown>.", SECTION.pages),
  QueryFunctionContext: left(
    "A fetcher is given the key, and then a context.",
    "Write (key: Key, context: FetchContext), or PageContext for pages.",
    SECTION.options,
  ),
  QueryFunction: left("A fetcher is given the key first.", "Write Fetcher<Data, Key>.", SECTION.options),
  experimental_streamedQuery: left(
    "streamedQuery takes stream(key, context) in place of streamFn.",
    "Write streamedQuery({ stream: (key, { signal }) => ... }).",
    "lists-and-streams.md#show-an-answer-while-it-streams",
  ),
};

function rewriteMutationFilter(use: Use, file: FileMigration): boolean {
  const hasPredicate = /\bpredicate\b/.test(callOf(use) ? file.text(callOf(use)!.node) : "");
  if (hasPredicate)
    return leaveUse(
      file,
      use,
      "A predicate gets a plain mutation.",
      "See what it reads.",
      "mutations.md#see-all-mutations-of-a-client",
    );
  return same(use, file);
}

function rewriteUse(use: Use, file: FileMigration): boolean {
  const isType = rewriteType(use, file);
  if (isType !== undefined) return isType;
  if (use.name === "*") return leaveUse(file, use, "The whole module is passed on.", "Import names.", SECTION.uses);
  if (use.path.parentPath?.isExportSpecifier())
    return leaveUse(
      file,
      use,
      "It is exported, and who imports it is not looked at.",
      "Export what takes its place.",
      SECTION.uses,
    );
  if (use.path.parentPath?.isTSTypeQuery() && use.name !== "QueryClient")
    return leaveUse(file, use, "Its type has another shape.", "Use a type of macho-cache/react.", SECTION.client);
  const rule = Object.hasOwn(RULES, use.name) ? RULES[use.name]! : undefined;
  return rule
    ? rule(use, file)
    : leaveUse(file, use, "No name here takes its place.", "Look it up in the guide.", SECTION.client);
}

/** TanStack Query 5. */
export const TANSTACK_QUERY: Library = {
  name: "tanstack-query",
  packages: {
    "@tanstack/react-query": "macho-cache/react",
    "@tanstack/query-core": "macho-cache/react",
    "@tanstack/react-query-devtools": "macho-cache/devtools",
  },
  others: /^@tanstack\/(react-query|query-|eslint-plugin-query)/,
  words: new RegExp(`@tanstack/(react-)?query|${METHOD_WORDS}|\\berror\\b`),
  guide: "from-tanstack-query.md",
  rewriteUse,
  rewriteRest: (file) => {
    const isOurs = file.imports.specifiers.length > 0;
    rewriteMethods(file, isOurs);
    rewriteCallers(file, isOurs);
    rewriteRegister(file);
  },
  survey,
};
