import { describe, expect, test } from "vitest";
import { migrated } from "../support/migration.ts";

/** Rewrites one file whose first line imports these names; the rest of it comes back. */
function rewritten(
  names: string,
  code: string,
  name: string = "app.tsx",
): { imports: string; code: string; left: string[] } {
  const { after, left } = migrated(
    { [name]: `import { ${names} } from "@tanstack/react-query";\n${code}` },
    "tanstack-query",
  );
  const [imports, ...lines] = after[name]!.split("\n");
  return { imports: imports!, code: lines.join("\n"), left: left.map((each) => each.replace(`${name}:`, "")) };
}

const HOOK = 'import { useCachedQuery } from "macho-cache/react";';

describe("useQuery", () => {
  test.each([
    ["() => load(1)", "() => load(1)"],
    ["({ signal }) => load(signal)", "(_key, { signal }) => load(signal)"],
    ["({ queryKey }) => load(queryKey)", "(queryKey) => load(queryKey)"],
    ["async ({ queryKey: [, id], signal }) => load(id, signal)", "async ([, id], { signal }) => load(id, signal)"],
    ["context => load(context.queryKey[1])", "(key) => load(key[1])"],
    ["(c) => load(c.queryKey[1], c.signal)", "(key, c) => load(key[1], c.signal)"],
    ["id ? () => load(id) : skip", "id ? () => load(id) : skip"],
    ["function ({ meta }) { return load(meta); }", "function (_key, { meta }) { return load(meta); }"],
  ])("makes a fetcher of %s", (before, after) => {
    const skip = "const skip = () => load(0);\n";
    const { code, imports, left } = rewritten("useQuery", `${skip}useQuery({ queryKey: ["a"], queryFn: ${before} });`);
    expect(code).toBe(`${skip}useCachedQuery({ queryKey: ["a"], fetcher: ${after} });`);
    expect(imports).toBe(HOOK);
    expect(left).toEqual([]);
  });

  test("makes a fetcher of a method and of a shorthand", () => {
    const { code, left } = rewritten(
      "useQuery",
      "const queryFn = () => load();\nuseQuery({ queryKey, queryFn });\nuseQuery({ queryKey, async queryFn({ signal }) { return load(signal); } });",
    );
    expect(code).toBe(
      "const queryFn = () => load();\nuseCachedQuery({ queryKey, fetcher: queryFn });\nuseCachedQuery({ queryKey, async fetcher(_key, { signal }) { return load(signal); } });",
    );
    expect(left).toEqual([]);
  });

  test.each([
    ["({ client }) => load(client)", "queryFn"],
    ["(context) => load(context)", "queryFn"],
    ["({ signal, ...rest }) => load(rest)", "queryFn"],
    ["load", "queryFn"],
    ["(context: QueryFunctionContext) => load(context.queryKey)", "queryFn"],
  ])("leaves %s to a person", (fetcher, subject) => {
    const { code, left } = rewritten("useQuery", `useQuery({ queryKey: ["a"], queryFn: ${fetcher} });`);
    expect(code).toBe(`useCachedQuery({ queryKey: ["a"], queryFn: ${fetcher} });`);
    expect(left).toEqual([`2 ${subject}`]);
  });

  test("knows a function of another file that takes nothing", () => {
    const { after, left } = migrated(
      {
        "src/api/index.ts":
          'export * from "./films";\nexport const api = { all: () => fetch("/all"), one: (id: number) => fetch(`/${id}`) };\n',
        "src/api/films.ts": 'export async function loadFilms() { return fetch("/films"); }\n',
        "src/app.ts":
          'import { useQuery } from "@tanstack/react-query";\nimport { api, loadFilms } from "./api";\nuseQuery({ queryKey: ["a"], queryFn: loadFilms });\nuseQuery({ queryKey: ["b"], queryFn: api.all });\nuseQuery({ queryKey: ["c"], queryFn: api.one });\n',
      },
      "tanstack-query",
    );
    expect(after["src/app.ts"]).toContain('useCachedQuery({ queryKey: ["a"], fetcher: loadFilms });');
    expect(after["src/app.ts"]).toContain('useCachedQuery({ queryKey: ["b"], fetcher: api.all });');
    expect(left).toEqual(["src/app.ts:5 queryFn"]);
  });

  test("rewrites a function that several queries share once, or not at all", () => {
    const { code, left } = rewritten(
      "useQuery",
      'async function one({ queryKey: [, id] }) { return load(id); }\nconst two = async (context) => load(context);\nuseQuery({ queryKey: ["a", 1], queryFn: one });\nuseQuery({ queryKey: ["a", 2], queryFn: isOn ? one : undefined });\nuseQuery({ queryKey: ["b"], queryFn: two });\nuseQuery({ queryKey: ["b"], queryFn: two });',
    );
    expect(code).toBe(
      'async function one([, id]) { return load(id); }\nconst two = async (context) => load(context);\nuseCachedQuery({ queryKey: ["a", 1], fetcher: one });\nuseCachedQuery({ queryKey: ["a", 2], fetcher: isOn ? one : undefined });\nuseCachedQuery({ queryKey: ["b"], queryFn: two });\nuseCachedQuery({ queryKey: ["b"], queryFn: two });',
    );
    expect(left).toEqual(["3 queryFn", "6 queryFn", "7 queryFn"]);
  });

  test("takes nothing back of a function whose other branch is left", () => {
    const { code, left } = rewritten(
      "useQuery",
      'const one = ({ queryKey: [, id] }) => load(id);\nuseQuery({ queryKey: ["a", 1], queryFn: isOn ? one : given });\nuseQuery({ queryKey: ["a", 2], queryFn: one });',
    );
    // The first call keeps its `queryFn`, which a hook refuses: nothing goes wrong in silence.
    expect(left).toEqual(["3 queryFn"]);
    expect(code).toContain("const one = ([, id]) => load(id);");
  });

  test("knows a function by an alias of the project", () => {
    const { after, left } = migrated(
      {
        "tsconfig.json":
          '{\n  // Ours.\n  "compilerOptions": { "baseUrl": ".", "paths": { "@/*": ["./src/*"], "api": ["./src/api.ts"] }, },\n}\n',
        "src/api.ts":
          "export const loadFilms = () => fetch(`/films`);\nexport const loadFilm = (id: number) => fetch(`/${id}`);\n",
        "src/app.ts":
          'import { useQuery } from "@tanstack/react-query";\nimport { loadFilm, loadFilms } from "@/api";\nimport { loadFilms as again } from "api";\nimport { other } from "@other/api";\nuseQuery({ queryKey: ["a"], queryFn: loadFilms });\nuseQuery({ queryKey: ["a"], queryFn: again });\nuseQuery({ queryKey: ["b"], queryFn: loadFilm });\nuseQuery({ queryKey: ["c"], queryFn: other });\n',
      },
      "tanstack-query",
    );
    expect(after["src/app.ts"]).toContain("fetcher: loadFilms });");
    expect(after["src/app.ts"]).toContain("fetcher: again });");
    expect(left).toEqual(["src/app.ts:7 queryFn", "src/app.ts:8 queryFn"]);
  });

  test("says what has no equal, and rewrites what stands around it", () => {
    const { code, left } = rewritten(
      "useQuery",
      'useQuery({\n  queryKey: ["a"],\n  queryFn: () => load(),\n  gcTime: 5, // five\n  notifyOnChangeProps: [],\n  retryOnMount: () => true,\n  colour: 1,\n});',
    );
    expect(code).toContain("fetcher: () => load(),\n  gcTime: 5, // five");
    expect(left).toEqual(["5 gcTime", "6 notifyOnChangeProps", "7 retryOnMount", "8 colour"]);
  });

  test("gives functions among the options a flat query", () => {
    const { code, left } = rewritten(
      "useQuery",
      "useQuery({ queryKey, queryFn: () => load(), refetchInterval: (query) => query.state.data?.done ? false : query.state.fetchFailureCount, enabled: ({ state: { data } }) => !data, staleTime: (q) => q.queryKey.length, placeholderData: (old, q) => q?.meta });",
    );
    expect(code).toContain("refetchInterval: (query) => query.data?.done ? false : query.failureCount");
    expect(code).toContain(
      "enabled: ({ data }) => !data, staleTime: (q) => q.key.length, placeholderData: (old, q) => q?.meta",
    );
    expect(left).toEqual([]);
    const other = rewritten(
      "useQuery",
      "useQuery({ queryKey, queryFn: () => load(), refetchInterval: (query) => query.options.x });",
    );
    expect(other.left).toEqual(["2 refetchInterval"]);
  });

  test("compares no error with undefined, and says where the difference could matter", () => {
    const { code, left } = rewritten(
      "useQuery",
      "const { data, error } = useQuery({ queryKey, queryFn: () => load() });\nif (error !== null) throw error;\nconst text = error ? String(error) : error?.message;\nif (error) show(error);\nuse({ error });\nsend(error);",
    );
    expect(code).toContain("if (error !== undefined) throw error;");
    expect(left).toEqual(["6 error", "7 error"]);
  });

  test("drops the library's own type of errors, and leaves another one", () => {
    const { code, left } = rewritten(
      "useQuery",
      "useQuery<Film, Error>({ queryKey, queryFn: () => load() });\nuseQuery<Film>({ queryKey, queryFn: () => load() });\nuseQuery<Film, AxiosError>({ queryKey, queryFn: () => load() });",
    );
    expect(code).toBe(
      "useCachedQuery<Film>({ queryKey, fetcher: () => load() });\nuseCachedQuery<Film>({ queryKey, fetcher: () => load() });\nuseQuery<Film, AxiosError>({ queryKey, queryFn: () => load() });".replace(
        /^/,
        'import { useCachedQuery } from "macho-cache/react";\n',
      ),
    );
    expect(left).toEqual(["4 useQuery"]);
  });

  test("rewrites options that stand in a variable of the file, once", () => {
    const { code, left } = rewritten(
      "useQuery, useSuspenseQuery",
      'const options = { queryKey: ["a"], queryFn: () => load() };\nuseQuery(options);\nuseQuery({ ...options, select: (a) => a.b });\nuseSuspenseQuery(options);',
    );
    expect(code).toBe(
      'const options = { queryKey: ["a"], fetcher: () => load() };\nuseCachedQuery(options);\nuseCachedQuery({ ...options, select: (a) => a.b });\nuseCachedQuery({ ...options, suspense: true });',
    );
    expect(left).toEqual([]);
  });

  test("rewrites options that are memoised", () => {
    const { code, left } = rewritten(
      "useQuery, useQueries",
      'useQuery(useMemo(() => ({ queryKey: ["a"], queryFn: () => 1 }), []));\nuseQueries({ queries: React.useMemo(() => ids.map((id) => ({ queryKey: [id], queryFn: () => 1 })), [ids]) });',
    );
    expect(code).toBe(
      'useCachedQuery(useMemo(() => ({ queryKey: ["a"], fetcher: () => 1 }), []));\nuseCachedQueries({ queries: React.useMemo(() => ids.map((id) => ({ queryKey: [id], fetcher: () => 1 })), [ids]) });',
    );
    expect(left).toEqual([]);
  });

  test("leaves options that come from elsewhere, a client as an argument, and a hook that is passed on", () => {
    const { code, left } = rewritten(
      "useQuery",
      "export const useIt = (options) => useQuery(options);\nuseQuery({ queryKey, queryFn: () => load() }, client);\nuse(useQuery);",
    );
    expect(code).toBe(
      "export const useIt = (options) => useQuery(options);\nuseQuery({ queryKey, queryFn: () => load() }, client);\nuse(useQuery);",
    );
    expect(left).toEqual(["2 options", "3 useQuery", "4 useQuery"]);
  });
});

describe("imports", () => {
  test("stay where a name is still needed", () => {
    const { after } = migrated(
      {
        "a.ts":
          "import {\n  useQuery, // reads\n  useIsRestoring,\n} from '@tanstack/react-query'\nuseQuery({ queryKey, queryFn: () => 1 })\nuseIsRestoring()\n",
      },
      "tanstack-query",
    );
    expect(after["a.ts"]).toBe(
      "import {\n  // reads\n  useIsRestoring,\n} from '@tanstack/react-query'\nimport { useCachedQuery } from 'macho-cache/react'\nuseCachedQuery({ queryKey, fetcher: () => 1 })\nuseIsRestoring()\n",
    );
  });

  test("keep a name of the user's own", () => {
    const { after, left } = migrated(
      {
        "a.ts": 'import { useQuery as useIt } from "@tanstack/react-query";\nuseIt({ queryKey, queryFn: () => 1 });\n',
      },
      "tanstack-query",
    );
    expect(after["a.ts"]).toBe(
      'import { useCachedQuery as useIt } from "macho-cache/react";\nuseIt({ queryKey, fetcher: () => 1 });\n',
    );
    expect(left).toEqual([]);
  });

  test("take another name where the file has it already", () => {
    const { after } = migrated(
      {
        "a.ts":
          'import { useQuery } from "@tanstack/react-query";\nconst useCachedQuery = 1;\nuseQuery({ queryKey, queryFn: () => useCachedQuery });\n',
      },
      "tanstack-query",
    );
    expect(after["a.ts"]).toBe(
      'import { useCachedQuery as useMachoCachedQuery } from "macho-cache/react";\nconst useCachedQuery = 1;\nuseMachoCachedQuery({ queryKey, fetcher: () => useCachedQuery });\n',
    );
  });

  test("of a namespace change as a whole, or not at all", () => {
    const whole = migrated(
      {
        "a.tsx":
          'import * as RQ from "@tanstack/react-query";\nRQ.useQuery({ queryKey, queryFn: () => 1 });\nconst a = <RQ.QueryClientProvider client={c}><b /></RQ.QueryClientProvider>;\nlet r: RQ.UseQueryResult<string>;\n',
      },
      "tanstack-query",
    );
    expect(whole.after["a.tsx"]).toBe(
      'import * as RQ from "macho-cache/react";\nRQ.useCachedQuery({ queryKey, fetcher: () => 1 });\nconst a = <RQ.MachoProvider client={c}><b /></RQ.MachoProvider>;\nlet r: RQ.QueryResult<string>;\n',
    );
    expect(whole.left).toEqual([]);
    const part =
      'import * as RQ from "@tanstack/react-query";\nRQ.useQuery({ queryKey, queryFn: () => 1 });\nRQ.useIsRestoring();\n';
    const kept = migrated({ "a.tsx": part }, "tanstack-query");
    expect(kept.after["a.tsx"]).toBe(part);
    expect(kept.left).toEqual(["a.tsx:1 * as RQ", "a.tsx:3 useIsRestoring"]);
  });

  test("of types change with their arguments", () => {
    const { after, left } = migrated(
      {
        "a.ts":
          'import type { InfiniteData, QueryKey, UseMutationResult, UseQueryOptions, UseQueryResult } from "@tanstack/react-query";\nexport type A = UseQueryResult<string, Error>;\nexport type B = InfiniteData<string>;\nexport type C = UseMutationResult<string, Error, number>;\nexport type D = QueryKey | UseQueryOptions<string>;\nexport function f(a: UseQueryResult<number>): UseQueryResult<string, MyError> { return a; }\n',
      },
      "tanstack-query",
    );
    expect(after["a.ts"]).toContain("export type A = QueryResult<string>;");
    expect(after["a.ts"]).toContain("export type B = Pages<string, unknown>;");
    expect(after["a.ts"]).toContain("export type C = MutationResult<string, number>;");
    expect(after["a.ts"]).toContain("f(a: QueryResult<number>): UseQueryResult<string, MyError>");
    expect(after["a.ts"]).toMatch(
      /^import type \{ UseQueryOptions, UseQueryResult \} from "@tanstack\/react-query";\nimport type \{ Pages, QueryKey, MutationResult, QueryResult \} from "macho-cache\/react";/,
    );
    expect(left).toEqual(["a.ts:5 UseQueryOptions", "a.ts:6 UseQueryResult"]);
  });

  test("of packages around the library are left", () => {
    const text =
      'import { persistQueryClient } from "@tanstack/react-query-persist-client";\npersistQueryClient({});\n';
    expect(migrated({ "a.ts": text }, "tanstack-query")).toMatchObject({
      changed: [],
      left: ["a.ts:1 @tanstack/react-query-persist-client"],
    });
    expect(migrated({ "a.ts": 'import { serialize } from "swr/_internal";\nserialize(1);\n' }, "swr").left).toEqual([
      "a.ts:1 swr/_internal",
    ]);
  });

  test("in other forms are left: exports, import(), require, mocks", () => {
    const text =
      'export { useQuery } from "@tanstack/react-query";\nexport * from "@tanstack/react-query";\nconst lazy = import("@tanstack/react-query");\nconst old = require("@tanstack/react-query");\nvi.mock("@tanstack/react-query");\n';
    const { after, left, changed } = migrated({ "a.js": text }, "tanstack-query");
    expect(changed).toEqual([]);
    expect(after["a.js"]).toBe(text);
    expect(left).toEqual([1, 2, 3, 4, 5].map((line) => `a.js:${line} @tanstack/react-query`));
  });
});

test("what errors are is declared in the new module", () => {
  const types =
    'import "@tanstack/react-query";\n\ndeclare module "@tanstack/react-query" {\n  interface Register {\n    defaultError: MyError;\n  }\n}\n';
  const files = {
    "types.d.ts": types,
    "a.ts": 'import { QueryClient } from "@tanstack/react-query";\nexport const a = new QueryClient();\n',
  };
  const { after, left } = migrated(files, "tanstack-query");
  expect(after["types.d.ts"]).toBe(types.replaceAll("@tanstack/react-query", "macho-cache/react"));
  expect(after["a.ts"]).toBe(files["a.ts"].replace("@tanstack/react-query", "macho-cache/react"));
  expect(left).toEqual([]);
  const more = { "types.d.ts": types.replace("defaultError: MyError", "mutationMeta: Meta") };
  expect(migrated(more, "tanstack-query")).toMatchObject({ changed: [], left: ["types.d.ts:5 mutationMeta"] });
});

describe("the client", () => {
  test("keeps its defaults, and hears of loads itself", () => {
    const { code, imports, left } = rewritten(
      "QueryCache, QueryClient",
      "const client = new QueryClient({\n  queryCache: new QueryCache({ onError: (error, query) => report(error, query.queryKey) }),\n  defaultOptions: { queries: { staleTime: 5, queryFn: ({ queryKey }) => load(queryKey) } },\n});",
      "app.jsx",
    );
    expect(imports).toBe('import { QueryClient } from "macho-cache/react";');
    expect(code).toBe(
      "const client = new QueryClient({\n  onError: (error, query) => report(error, query.key),\n  defaultOptions: { queries: { staleTime: 5, fetcher: (queryKey) => load(queryKey) } },\n});",
    );
    expect(left).toEqual([]);
  });

  test("leaves what its caches hear otherwise", () => {
    const text =
      "const client = new QueryClient({ queryCache: new QueryCache({ onSettled: (data) => 1 }), mutationCache: new MutationCache({}) });";
    const { code, left } = rewritten("MutationCache, QueryCache, QueryClient", text, "app.jsx");
    expect(code).toContain(text);
    expect(left).toEqual(["2 queryCache", "2 mutationCache"]);
  });

  test("says once in TypeScript what errors are", () => {
    const { after } = migrated(
      {
        "a.ts": 'import { QueryClient } from "@tanstack/react-query";\n\nexport const a = new QueryClient();\n',
        "b.ts": 'import { QueryClient } from "@tanstack/react-query";\n\nexport const b = new QueryClient();\n',
      },
      "tanstack-query",
    );
    expect(after["a.ts"]).toContain(
      'declare module "macho-cache/react" {\n  interface Register {\n    defaultError: Error;\n  }\n}\n',
    );
    expect(after["b.ts"]).not.toContain("declare module");
  });

  test("moves refetchType, and makes functions of some methods", () => {
    const { code, imports, left } = rewritten(
      "useQueryClient",
      'const client = useQueryClient();\nclient.invalidateQueries({ queryKey: ["a"], refetchType: "none" });\nclient.invalidateQueries({ queryKey: ["a"], refetchType: "all" }, { throwOnError: true });\nclient.isMutating({ mutationKey: ["a"] });\nclient.resumePausedMutations();\nclient.prefetchInfiniteQuery({ queryKey, queryFn: () => 1, pages: 2 });\nclient.getQueryState(["a"])?.fetchFailureCount;\nconst hasFailed = client.getQueryState(["a"])?.error !== null;\nclient.invalidateQueries({ predicate: (query) => query.queryKey[0] === "a" });\nclient.refetchQueries({ stale: true });',
    );
    expect(code).toBe(
      'const client = useQueryClient();\nclient.invalidateQueries({ queryKey: ["a"] }, { refetchType: "none" });\nclient.invalidateQueries({ queryKey: ["a"] }, { refetchType: "all", throwOnError: true });\nisMutating(client, { mutationKey: ["a"] });\nresumePausedMutations(client);\nclient.prefetchQuery(infiniteQuery({ queryKey, fetcher: () => 1, initialPages: 2 }));\nclient.getQueryState(["a"])?.failureCount;\nconst hasFailed = client.getQueryState(["a"])?.error !== undefined;\nclient.invalidateQueries({ predicate: (query) => query.key[0] === "a" });\nclient.refetchQueries({ stale: true });',
    );
    expect(imports).toBe(
      'import { useQueryClient, isMutating, resumePausedMutations, infiniteQuery } from "macho-cache/react";',
    );
    expect(left).toEqual([]);
  });

  test("is known by its type, its field, its maker, and its file", () => {
    const { after, left } = migrated(
      {
        "client.ts":
          'import { QueryClient } from "@tanstack/react-query";\nlet made: QueryClient | undefined;\nexport function getClient() {\n  return new QueryClient();\n}\nexport const client = getClient();\n',
        "service.ts":
          'import type { QueryClient } from "@tanstack/react-query";\nimport { client } from "./client";\nexport class Service {\n  #client: QueryClient;\n  constructor(client: QueryClient) { this.#client = client; }\n  load() { return this.#client.fetchQuery({ queryKey: ["a"], queryFn: () => 1 }); }\n}\nexport const load = () => client.fetchQuery({ queryKey: ["a"], queryFn: () => 1 });\nexport const other = (c: QueryClient, d: any) => [c.fetchQuery({ queryKey, queryFn: () => 1 }), d.fetchQuery({ queryKey, queryFn: () => 1 })];\n',
        "far.ts":
          'import { client } from "./client";\nclient.fetchQuery({ queryKey: ["a"], queryFn: () => 1 });\nclient.setQueryData(["a"], 1);\n',
      },
      "tanstack-query",
    );
    expect(after["service.ts"]!.match(/fetcher: /g)).toHaveLength(3);
    expect(after["far.ts"]).toContain("queryFn");
    expect(left).toEqual(["far.ts:2 fetchQuery()", "service.ts:9 fetchQuery()"]);
  });

  test("is left where removal would reach hooks", () => {
    const { left } = rewritten(
      "useQueryClient",
      'const client = useQueryClient();\nclient.clear();\nclient.removeQueries({ queryKey: ["a"] });\nclient.getQueryCache();\nclient.cancelQueries({ queryKey: ["a"] }, { revert: true });',
    );
    expect(left).toEqual(["3 clear()", "4 removeQueries()", "5 getQueryCache()", "6 cancelQueries()"]);
  });

  test("is left where a prefix has a part of an object", () => {
    const { left } = rewritten(
      "useQueryClient",
      'const client = useQueryClient();\nclient.invalidateQueries({ queryKey: ["a", { page: 1 }] });\nclient.invalidateQueries({ queryKey: ["a", { page: 1 }], exact: true });\nclient.invalidateQueries({ queryKey: ["a", id] });',
    );
    expect(left).toEqual(["3 queryKey"]);
  });
});

test("a mutation keeps its callbacks, and drops its type of errors", () => {
  const { code, left } = rewritten(
    "useMutation",
    "const m = useMutation<Todo, Error, string, { before: Todo[] }>({ mutationFn: add, onMutate: () => before, onSettled: (data, error) => { if (error === null) done(); }, gcTime: 1 });\nm.mutate(1, { onSuccess: (data, variables, result, context) => 1 });",
  );
  expect(code).toBe(
    "const m = useCachedMutation<Todo, string, { before: Todo[] }>({ mutationFn: add, onMutate: () => before, onSettled: (data, error) => { if (error === undefined) done(); }, gcTime: 1 });\nm.mutate(1, { onSuccess: (data, variables, result, context) => 1 });",
  );
  expect(left).toEqual(["2 gcTime", "3 onSuccess"]);
});

test("useQueries takes lists and maps", () => {
  const { code, left } = rewritten(
    "useQueries",
    "useQueries({ queries: ids.map((id) => ({ queryKey: [id], queryFn: () => load(id) })), combine: (all) => all });\nuseQueries({ queries: [{ queryKey: [1], queryFn: () => load(1) }] });\nuseQueries({ queries });",
  );
  expect(code).toContain(
    "useCachedQueries({ queries: ids.map((id) => ({ queryKey: [id], fetcher: () => load(id) })), combine: (all) => all });",
  );
  expect(code).toContain("useCachedQueries({ queries: [{ queryKey: [1], fetcher: () => load(1) }] });");
  expect(left).toEqual(["4 queries"]);
});
