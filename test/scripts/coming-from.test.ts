// The pages for those who come from another library have all of its names, and say what was tried.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import * as apollo from "@apollo/client";
import * as apolloHooks from "@apollo/client/react";
import * as rtkQuery from "@reduxjs/toolkit/query/react";
import * as tanstackStorage from "@tanstack/query-async-storage-persister";
import * as tanstack from "@tanstack/react-query";
import * as tanstackPersist from "@tanstack/react-query-persist-client";
import { LRUCache } from "lru-cache";
import * as swr from "swr";
import * as swrImmutable from "swr/immutable";
import * as swrInfinite from "swr/infinite";
import * as swrMutation from "swr/mutation";
import * as swrSubscription from "swr/subscription";
import ts from "typescript-5.4";
import { describe, expect, test } from "vitest";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const textOf = (...path: string[]): string => readFileSync(join(ROOT, ...path), "utf8");

/** Names that a page never writes as code. */
function missingOn(page: string, names: readonly string[]): string[] {
  const text = readFileSync(join(ROOT, "docs", page), "utf8");
  const written = new Set(Array.from(text.matchAll(/`(\w+)/g), ([, name]) => name));
  return names.filter((name) => name !== "default" && !written.has(name));
}

/** Where the other libraries declare what their users pass, and what they get. */
const TANSTACK_TYPES = `
  QueryOptions QueryObserverOptions InfiniteQueryPageParamsOptions FetchQueryOptions
  EnsureQueryDataOptions SetDataOptions InvalidateQueryFilters RefetchOptions CancelOptions
  ResultOptions QueryFilters QueryObserverBaseResult InfiniteQueryObserverBaseResult QueryState
  MutationOptions MutationObserverOptions MutationObserverBaseResult MutationFilters
  MutationState DehydrateOptions HydrateOptions QueryClientConfig DefaultOptions
  QueryFunctionContext
`.match(/\w+/g)!;
const PERSISTER_TYPES = `
  StoragePersisterOptions Persister PersistQueryClientRootOptions PersistedQueryClientRestoreOptions
  PersistedQueryClientSaveOptions
`.match(/\w+/g)!;
const LRU_TYPES = `
  OptionsBase SetOptions FetchOptions FetcherOptions FetcherFetchOptions Entry
`.match(/\w+/g)!;
const RTK_TYPES = `
  CreateApiOptions CommonEndpointDefinition EndpointDefinitionWithQuery QueryExtraOptions InfiniteQueryExtraOptions
  MutationExtraOptions BaseEndpointDefinition QueryLifecyclePromises QueryLifecycleQueryExtraOptions
  CacheLifecyclePromises CacheLifecycleQueryExtraOptions QueryBaseLifecycleApi RefetchConfigOptions
  InfiniteQueryConfigOptions InfiniteQueryResultFlags SubscriptionOptions BaseQuerySubState BaseMutationSubState
  RequestStatusFlags PrefetchOptions ApiUtil Api FetchBaseQueryArgs FetchArgs RetryOptions
  StartQueryActionCreatorOptions QueryActionCreatorFields
`.match(/\w+/g)!;
const RTK_HOOK_TYPES = `
  QueryHooks InfiniteQueryHooks MutationHooks UseQueryStateOptions UseQuerySubscriptionOptions
  UseQueryStateBaseResult UseInfiniteQuerySubscriptionOptions UseInfiniteQuerySubscriptionResult
  UseMutationStateOptions UseMutationStateResult UseLazyQueryLastPromiseInfo UseLazyQueryStateResult InfiniteData
`.match(/\w+/g)!;
const APOLLO_HOOK_TYPES = "Options Result Handlers".split(" ");
const APOLLO_TYPES = `
  Options MutateOptions QueryOptions RefetchQueriesOptions SubscribeOptions WatchQueryOptions FetchMoreOptions
`.match(/\w+/g)!;
/** Fields that only the types of RTK Query have, or its own code reads. */
const RTK_INTERNAL = new Set(["Types", "type", "isSubscribed", "abort", "forceRefetch"]);
const SWR_TYPES =
  "PublicConfiguration InternalConfiguration ProviderConfiguration MutatorOptions SWRResponse UnloadOptions".split(" ");

/** What the interfaces of these names have, in the declarations of a package, apart from what is not for its users. */
function declaredIn(folder: string, names: readonly string[]): string[] {
  const path = join(ROOT, "node_modules", folder);
  const files = readdirSync(path).filter((file) => file.endsWith(".d.ts"));
  const found = new Map<string, string[]>();
  const look = (node: ts.Node): void => {
    const isNamed = ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node);
    if (isNamed && names.includes(node.name.text)) {
      const { text } = node.name;
      found.set(text, [...(found.get(text) ?? []), ...membersBelow(node)]);
    } else ts.forEachChild(node, look);
  };
  for (const file of files) {
    look(ts.createSourceFile(file, readFileSync(join(path, file), "utf8"), ts.ScriptTarget.ES2022));
  }
  const empty = names.filter((name) => !found.get(name)?.length);
  expect(empty, "interfaces that are there no more").toEqual([]);
  return [...new Set([...found.values()].flat())].filter((name) => !name.startsWith("_"));
}

/** Names of the properties and methods of a declaration, at its first level. */
function membersBelow(node: ts.Node): string[] {
  if (ts.isPropertySignature(node) || ts.isMethodSignature(node))
    return ts.isIdentifier(node.name) ? [node.name.text] : [];
  const names: string[] = [];
  ts.forEachChild(node, (child) => void names.push(...membersBelow(child)));
  return names;
}

/** The part of a page below a heading of two signs. */
function sectionOf(page: string, heading: string): string {
  const [, after = ""] = textOf("docs", page).split(`\n## ${heading}\n`);
  return after.split(/^## /m)[0]!;
}

/** The code of a page's tasks, below the heading of each. */
function tasksOf(page: string): [task: string, blocks: string[]][] {
  const tasks = sectionOf(page, "Each task, before and now").split(/^### /m).slice(1);
  return tasks.map((text) => {
    const blocks = Array.from(text.matchAll(/^```\w+\n(.*?)^```$/gms), ([, code = ""]) => code);
    return [text.split("\n")[0]!, blocks];
  });
}

/** Differences that a page names: the bold words at the beginning of an item. */
function differencesOf(page: string): string[] {
  const items = sectionOf(page, "What behaves differently").matchAll(/^- \*\*(.*?)\*\*/gm);
  return Array.from(items, ([, name = ""]) => name.replace(/[.,:]$/, ""));
}

/** Titles of the tests that try the differences of a page. */
function triedFor(page: string): string[] {
  const name = page.replace(".md", "");
  const files = readdirSync(join(ROOT, "test", "guide")).filter(
    (file) => file.startsWith(`${name}.`) || file.startsWith(`${name}-results.`),
  );
  const titles = files.flatMap((file) =>
    Array.from(textOf("test", "guide", file).matchAll(/\btest\((["'])(.+?)\1, /g)),
  );
  return titles.map(([, , title = ""]) => title);
}

/** Differences that other tests try: where, and their titles. */
const TRIED_ELSEWHERE: Readonly<Record<string, readonly [file: string, title: string]>> = {
  "A provider that suspends with its own first load is an error": [
    "test/react/lost-clients.browser.test.tsx",
    "in the boundary of its own first load says so",
  ],
};

describe.each([
  "from-tanstack-query.md",
  "from-tanstack-persisters.md",
  "from-swr.md",
  "from-rtk-query.md",
  "from-apollo.md",
  "from-lru-cache.md",
  "coming-from-python.md",
])("%s", (page) => {
  test("shows the code of each task before and now", () => {
    const tasks = tasksOf(page);
    expect(tasks.length).toBeGreaterThanOrEqual(6);
    const isWhole = ([, [before = "", now = "", ...more]]: (typeof tasks)[number]): boolean =>
      /^(?:\/\/|#) Before\n(?![^]*macho-cache)/.test(before) && now.startsWith("// Now\n") && more.length === 0;
    expect(tasks.filter((task) => !isWhole(task)).map(([task]) => task)).toEqual([]);
  });
});

describe.each([
  "from-tanstack-query.md",
  "from-swr.md",
  "from-rtk-query.md",
  "from-apollo.md",
  "from-lru-cache.md",
  "coming-from-python.md",
])("%s", (page) => {
  test("names differences that a test has tried, and no others", () => {
    const named = differencesOf(page);
    const elsewhere = Object.entries(TRIED_ELSEWHERE).filter(([name]) => named.includes(name));
    for (const [, [file, title]] of elsewhere) expect(textOf(file)).toContain(title);
    expect([...triedFor(page), ...elsewhere.map(([name]) => name)].toSorted()).toEqual(named.toSorted());
  });
});

test("the pages for those who come from elsewhere have every name", () => {
  const methods = Object.getOwnPropertyNames(tanstack.QueryClient.prototype).filter((name) => name !== "constructor");
  expect(missingOn("from-tanstack-query.md", [...Object.keys(tanstack), ...methods])).toEqual([]);
  const ofPersisters = [...Object.keys(tanstackPersist), ...Object.keys(tanstackStorage)];
  expect(missingOn("from-tanstack-persisters.md", ofPersisters)).toEqual([]);
  const exported = [swr, swrImmutable, swrInfinite, swrMutation, swrSubscription].flatMap(Object.keys);
  expect(missingOn("from-swr.md", exported)).toEqual([]);
  const ofLru = Object.getOwnPropertyNames(LRUCache.prototype).filter((name) => name !== "constructor");
  expect(missingOn("from-lru-cache.md", ofLru)).toEqual([]);
  expect(missingOn("from-rtk-query.md", Object.keys(rtkQuery))).toEqual([]);
  const ofApollo = [apollo.ApolloClient, apollo.ApolloCache, apollo.InMemoryCache].flatMap(({ prototype }) =>
    Object.getOwnPropertyNames(prototype).filter((name) => name !== "constructor" && !name.startsWith("_")),
  );
  expect(missingOn("from-apollo.md", [...Object.keys(apollo), ...Object.keys(apolloHooks), ...ofApollo])).toEqual([]);
});

test("the pages for those who come from elsewhere have every option and every field", () => {
  const declared = declaredIn("@tanstack/query-core/build/modern", TANSTACK_TYPES);
  expect(declared.length).toBeGreaterThan(90);
  expect(missingOn("from-tanstack-query.md", declared)).toEqual([]);
  const ofPersisters = [
    ...declaredIn("@tanstack/query-persist-client-core/build/modern", PERSISTER_TYPES),
    ...declaredIn("@tanstack/query-async-storage-persister/build/modern", ["CreateAsyncStoragePersisterOptions"]),
  ];
  expect(ofPersisters.length).toBeGreaterThan(15);
  expect(missingOn("from-tanstack-persisters.md", ofPersisters)).toEqual([]);
  const ofSwr = [
    ...declaredIn("swr/dist", SWR_TYPES),
    ...declaredIn("swr/dist/infinite", ["SWRInfiniteConfiguration", "SWRInfiniteResponse"]),
    ...declaredIn("swr/dist/mutation", ["SWRMutationConfiguration", "SWRMutationResponse"]),
    ...declaredIn("swr/dist/subscription", ["SWRSubscriptionOptions", "SWRSubscriptionResponse"]),
  ];
  expect(ofSwr.length).toBeGreaterThan(40);
  expect(missingOn("from-swr.md", ofSwr)).toEqual([]);
  const ofLru = declaredIn("lru-cache/dist/esm", LRU_TYPES).filter((name) => name !== "value");
  expect(ofLru.length).toBeGreaterThan(25);
  expect(missingOn("from-lru-cache.md", ofLru)).toEqual([]);
  const ofRtk = [
    ...declaredIn("@reduxjs/toolkit/dist/query", RTK_TYPES),
    ...declaredIn("@reduxjs/toolkit/dist/query/react", RTK_HOOK_TYPES),
  ].filter((name) => !RTK_INTERNAL.has(name));
  expect(ofRtk.length).toBeGreaterThan(100);
  expect(missingOn("from-rtk-query.md", ofRtk)).toEqual([]);
  const ofApollo = [
    ...declaredIn("@apollo/client/react/hooks", APOLLO_HOOK_TYPES),
    ...declaredIn("@apollo/client/core", APOLLO_TYPES),
  ];
  expect(ofApollo.length).toBeGreaterThan(60);
  expect(missingOn("from-apollo.md", ofApollo)).toEqual([]);
});
