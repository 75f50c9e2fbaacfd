import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { SECTION } from "../../src/migrate/swr/remarks.ts";
import { migrated } from "../support/migration.ts";

const HEAD = 'import useSWR from "swr";\n';
const DONE = 'import { useCachedQuery } from "macho-cache/react";\n';
/** A provider that is there, so that its absence is not remarked on. */
const PROVIDER = {
  "provider.jsx":
    'import { SWRConfig } from "swr";\nexport const P = () => <SWRConfig value={{ shouldRetryOnError: false }}>a</SWRConfig>;\n',
};

/** Rewrites one file beside a provider; the rest of it comes back. */
function rewritten(code: string, head: string = HEAD, name: string = "app.tsx"): { text: string; left: string[] } {
  const { after, left } = migrated({ ...PROVIDER, [name]: head + code }, "swr");
  return { text: after[name]!, left: left.map((each) => each.replace(`${name}:`, "")) };
}

describe("useSWR", () => {
  test.each([
    ['useSWR("/a", load)', 'useCachedQuery("/a", load)'],
    ["useSWR<Film, Error>(`/a/${id}`)", "useCachedQuery<Film>(`/a/${id}`)"],
    ['useSWR(id ? ["a", id] : null, load)', 'useCachedQuery(id ? ["a", id] : null, load)'],
    ['useSWR(id && ["a", id], load)', 'useCachedQuery(id ? ["a", id] : null, load)'],
    ['useSWR(id > 1 && ["a", id], load)', 'useCachedQuery(id > 1 && ["a", id], load)'],
    ['useSWR(() => ["a", id], load)', 'useCachedQuery(["a", id], load)'],
    ['useSWR(() => (user ? ["a", user.id] : null), load)', 'useCachedQuery((user ? ["a", user.id] : null), load)'],
    ['useSWR("/a", many)', 'useCachedQuery("/a", (key) => many(key))'],
    ['useSWR("/a", (...all) => fetch(...all))', 'useCachedQuery("/a", (key) => ((...all) => fetch(...all))(key))'],
    ['useSWR("/a", { suspense: true })', 'useCachedQuery("/a", undefined, { suspense: true })'],
    [
      'useSWR("/a", load, { refreshInterval: 5, revalidateOnFocus: false, revalidateIfStale: false, dedupingInterval: 9, errorRetryCount: 2 })',
      'useCachedQuery("/a", load, { refetchInterval: 5, refetchOnWindowFocus: false, refetchOnMount: false, staleTime: 9, retry: 2 })',
    ],
    [
      'useSWR("/a", load, { refreshInterval: (film) => film?.done ? 0 : 5, revalidateOnMount: true, fallbackData: film })',
      'useCachedQuery("/a", load, { refetchInterval: ({ data: film }) => film?.done ? 0 : 5, refetchOnMount: "always", placeholderData: film })',
    ],
  ])("makes of %s what it is here", (before, after) => {
    const own = "const load = (key) => fetch(key);\nconst many = (...all) => fetch(...all);\n";
    const { text, left } = rewritten(`${own}const a = ${before};\n`);
    expect(text).toBe(`${DONE}${own}const a = ${after};\n`);
    expect(left).toEqual([]);
  });

  test.each([
    ["useSWR(key, load)", "key"],
    ["useSWR(() => `/a/${user.id}`, load)", "key"],
    ["useSWR({ url: 1 }, load)", "key"],
    ['useSWR("/a", null)', "fetcher"],
    ['useSWR("/a", given)', "fetcher"],
    ['useSWR("/a", load, given)', "options"],
    ["useSWR<Film, MyError>(`/a`)", "useSWR"],
  ])("leaves %s to a person, as it is", (hook, subject) => {
    const code = `export const use = (key, given, user) => ${hook};\n`;
    const { text, left } = rewritten(code);
    expect(text).toBe(HEAD + code);
    expect(left).toEqual([`2 ${subject}`]);
  });

  test("knows a key in a variable that is used more than once", () => {
    const code =
      "const key = id ? `/a/${id}` : null;\nuseSWR(key);\nuseSWR(key);\nconst other = id && `/a/${id}`;\nuseSWR(other);\nuse(other);\n";
    const { text, left } = rewritten(code);
    expect(text).toContain(
      "useCachedQuery(key);\nuseCachedQuery(key);\nconst other = id && `/a/${id}`;\nuseSWR(other);",
    );
    expect(left).toEqual(["6 key"]);
  });

  test("knows the type of what it gives", () => {
    const { text, left } = rewritten(
      "export const use = (): SWRResponse<Film, Error> => useSWR<Film>(`/a`);\n",
      'import useSWR, { type SWRResponse } from "swr";\n',
    );
    expect(text).toContain("(): QueryResult<Film> => useCachedQuery<Film>(`/a`)");
    expect(left).toEqual([]);
  });

  test("knows a key by its type", () => {
    const { text, left } = rewritten(
      "export const use = (key: string | null) => useSWR(key);\nexport const one = (key: number) => useSWR(key);\n",
    );
    expect(text).toContain("(key: string | null) => useCachedQuery(key || null)");
    expect(left).toEqual(["3 key"]);
  });

  test("says which options have no equal", () => {
    const names = [
      "onSuccess",
      "onErrorRetry",
      "compare",
      "isPaused",
      "use",
      "fallback",
      "refreshWhenOffline",
      "colour",
    ];
    const { text, left } = rewritten(
      `useSWR("/a", load, {\n${names.map((name) => `  ${name}: 1,`).join("\n")}\n});\nfunction load() {}\n`,
    );
    expect(left).toEqual(names.map((name, index) => `${index + 3} ${name}`));
    expect(text).toContain("  onSuccess: 1,\n");
  });

  test("renames what it gives", () => {
    const { text, left } = rewritten(
      'const { data, isValidating, mutate: again } = useSWR("/a");\nconst whole = useSWR("/b");\nasync function f() {\n  await again();\n  if (whole.isValidating) whole.mutate();\n}\n',
    );
    expect(text).toContain('const { data, isFetching: isValidating, refetch: again } = useCachedQuery("/a");');
    expect(text).toContain("if (whole.isFetching) whole.refetch();");
    expect(left).toEqual([]);
  });

  test("leaves a mutate that sets data or is passed on", () => {
    const { text, left } = rewritten(
      'const { mutate } = useSWR("/a");\nmutate([1], false);\nmutate();\nuse(mutate);\n',
    );
    expect(text).toContain('const { mutate } = useCachedQuery("/a");');
    expect(left).toEqual(["2 mutate", "3 mutate", "5 mutate"]);
  });

  test("keeps previous data by a name that is imported", () => {
    const { text, left } = rewritten(
      'const { data } = useSWR("/a", load, { keepPreviousData: true });\nconst { isLoading } = useSWR("/b", load, { keepPreviousData: true });\nfunction load() {}\n',
    );
    expect(text).toMatch(/^import \{ useCachedQuery, keepPreviousData \} from "macho-cache\/react";/);
    expect(text).toContain('useCachedQuery("/a", load, { placeholderData: keepPreviousData })');
    expect(left).toEqual(["3 isLoading"]);
  });
});

test("useSWRImmutable is fresh for ever", () => {
  const head = 'import useSWRImmutable from "swr/immutable";\n';
  const { text, left } = rewritten(
    'useSWRImmutable("/a");\nuseSWRImmutable("/a", load);\nuseSWRImmutable("/a", load, { suspense: true });\nfunction load() {}\n',
    head,
  );
  expect(text).toBe(
    `${DONE}useCachedQuery("/a", undefined, { staleTime: Infinity });\nuseCachedQuery("/a", load, { staleTime: Infinity });\nuseCachedQuery("/a", load, { staleTime: Infinity, suspense: true });\nfunction load() {}\n`,
  );
  expect(left).toEqual([]);
});

describe("SWRConfig", () => {
  const app = (value: string, more: string = ""): string =>
    `import { SWRConfig } from "swr";\n${more}\n// The app.\nexport const App = ({ url }) => <SWRConfig value={${value}}><b /></SWRConfig>;\n`;

  test("becomes a client and its provider", () => {
    const more = "const load = (key) => fetch(key);\n";
    const { after, left } = migrated({ "a.jsx": app("{ fetcher: load, refreshInterval: 5 }", more) }, "swr");
    expect(after["a.jsx"]).toBe(
      `import { MachoProvider, QueryClient } from "macho-cache/react";\n${more}\nconst client = new QueryClient({\n  defaultOptions: {\n    queries: {\n      fetcher: load,\n      refetchInterval: 5,\n      staleTime: 2_000,\n    },\n  },\n});\n\n// The app.\nexport const App = ({ url }) => <MachoProvider client={client}><b /></MachoProvider>;\n`,
    );
    expect(left).toEqual([]);
  });

  test("is left where its value is made in a component, or elsewhere, or there are two", () => {
    for (const value of ["{ fetcher: (key) => fetch(url + key) }", "options"]) {
      const text = app(value);
      const { after, left } = migrated({ "a.jsx": text }, "swr");
      expect(after["a.jsx"]).toBe(text);
      expect(left).toEqual(["a.jsx:4 SWRConfig"]);
    }
    const twice = migrated({ "a.jsx": app("{}"), "b.jsx": app("{}") }, "swr");
    expect(twice.changed).toEqual([]);
    expect(twice.left).toEqual(["a.jsx:4 SWRConfig", "b.jsx:4 SWRConfig"]);
  });

  test("is missed once, where there is none", () => {
    const { left } = migrated(
      { "a.jsx": `${HEAD}useSWR("/a");\nuseSWR("/b");\n`, "b.jsx": `${HEAD}useSWR("/c");\n` },
      "swr",
    );
    expect(left).toEqual(["a.jsx:2 MachoProvider"]);
  });

  test("that says nothing of retries is remarked on, where an error is shown", () => {
    const files = {
      "a.jsx": app("{}"),
      "b.jsx": `${HEAD}const { error } = useSWR("/b");\nconst { error: other } = useSWR("/c");\n`,
    };
    expect(migrated(files, "swr").left).toEqual(["b.jsx:2 error"]);
  });
});

describe("mutate", () => {
  const head = 'import { useSWRConfig } from "swr";\n';

  test("of the configuration is a method of the client", () => {
    const { text, left } = rewritten(
      'const { mutate } = useSWRConfig();\nmutate("/a");\nvoid mutate(["a", 1]);\nmutate((key) => key[0] === "a");\nmutate("/a", (old) => [...old, 1], false);\nmutate("/a", { b: 1 }, { revalidate: false });\n',
      head,
    );
    expect(text).toBe(
      'import { useQueryClient } from "macho-cache/react";\nconst client = useQueryClient();\nclient.invalidateQueries({ queryKey: "/a", exact: true });\nvoid client.invalidateQueries({ queryKey: ["a", 1], exact: true });\nclient.invalidateQueries({ predicate: ({ key }) => key[0] === "a" });\nclient.setQueryData("/a", (old) => [...old, 1]);\nclient.setQueryData("/a", { b: 1 });\n',
    );
    expect(left).toEqual([]);
  });

  test.each([
    'mutate("/a", send())',
    'mutate("/a", send(), { optimisticData: 1 })',
    "mutate(key)",
    'mutate("/a", async (old) => old, false)',
    'const a = mutate("/a")',
    "use(mutate)",
  ])("is left in %s", (call) => {
    const { left } = rewritten(`const { mutate } = useSWRConfig();\n${call};\n`, head);
    expect(left).toEqual(["3 mutate"]);
  });

  test("of the module is left, wherever it stands", () => {
    const code = 'import { mutate } from "swr";\nmutate("/a");\n';
    expect(migrated({ "a.js": code }, "swr")).toMatchObject({ changed: [], left: ["a.js:2 mutate"] });
  });
});

describe("useSWRMutation", () => {
  const head = 'import useSWRMutation from "swr/mutation";\n';
  const settled = (key: string): string =>
    `onSettled: (_data, _error, _arg, _context, { client }) => void client.invalidateQueries({ queryKey: ${key}, exact: true })`;

  test("is a mutation that loads the query of its key", () => {
    const { text, left } = rewritten(
      'const { trigger, isMutating } = useSWRMutation("/a", (url, { arg }: { arg: string }) => send(url, arg));\nconst b = useSWRMutation(["a", 1], (_key, { arg: id }: { arg: number }) => send(id), { revalidate: false, onSuccess: (data) => show(data) });\ntrigger("x");\nb.trigger(1);\n',
      head,
    );
    expect(text).toBe(
      `import { useCachedMutation } from "macho-cache/react";\nconst { mutateAsync: trigger, isPending: isMutating } = useCachedMutation({ mutationFn: (arg: string) => send("/a", arg), ${settled('"/a"')} });\nconst b = useCachedMutation({ mutationFn: (id: number) => send(id), onSuccess: (data) => show(data) });\ntrigger("x");\nb.mutateAsync(1);\n`,
    );
    expect(left).toEqual([]);
  });

  test("keeps what changes among its options", () => {
    const { text, left } = rewritten(
      'const a = useSWR("/a");\nconst { trigger } = useSWRMutation("/a", () => send(), { revalidate: false, onSuccess: () => void a.mutate(), onError: (e) => report(e) });\ntrigger();\n',
      `${HEAD}${head}`,
    );
    expect(text).toContain(
      "useCachedMutation({ mutationFn: () => send(), onSuccess: () => void a.refetch(), onError: (e) => report(e) });",
    );
    expect(left).toEqual([]);
  });

  test("calls a function of a file in JavaScript with its key", () => {
    const code =
      'async function send(url, { arg }) { await fetch(url, { body: arg }); }\nconst { trigger } = useSWRMutation("/a", send);\ntrigger();\n';
    const { text } = rewritten(code, head, "a.js");
    expect(text).toContain(`useCachedMutation({ mutationFn: (arg) => send("/a", { arg }), ${settled('"/a"')} });`);
    const typed = rewritten(code, head);
    expect(typed.left).toEqual(["3 useSWRMutation"]);
    expect(typed.text).toBe(head + code);
  });

  test.each([
    'const { trigger } = useSWRMutation("/a", send, { optimisticData: 1 });',
    "const { trigger } = useSWRMutation(key, (k, { arg }) => 1);",
    'const { trigger } = useSWRMutation("/a", (k, { arg }) => 1); trigger(1, { onSuccess });',
    'const all = useSWRMutation("/a", (k, { arg }) => 1); use(all);',
    'const { trigger } = useSWRMutation(["a"], (k, { arg }) => k);',
  ])("is left in %s", (code) => {
    const { text, left } = rewritten(`${code}\n`, head);
    expect(text).toBe(`${head}${code}\n`);
    expect(left).toEqual(["2 useSWRMutation"]);
  });
});

/** What is said of the retries of a hook, beside a provider. */
function saidOfRetries(provider: string, options: string): string[] {
  const code = `${HEAD}const { error } = useSWR("/a", (key) => fetch(key)${options});\nshow(error);\n`;
  const config = `import { SWRConfig } from "swr";\nexport const P = () => <SWRConfig value={${provider}}>a</SWRConfig>;\n`;
  const { findings } = migrated({ "a.jsx": code, "p.jsx": config }, "swr");
  return findings.map(({ why, remedy }) => `${why} ${remedy}`);
}

describe("retries", () => {
  const sentence = (tries: string, remedy: string): string[] => [
    `A failure shows when the load was tried ${tries}; SWR shows the first one, and goes on trying. Say ${remedy}, or leave it so.`,
  ];
  test.each([
    ["{}", "", sentence("three more times", "retry: false in the client's defaults")],
    ["{ errorRetryCount: 2 }", "", sentence("2 more times, as its retry says", "retry: false, not 2")],
    [
      "{ errorRetryCount: 2 }",
      ", { errorRetryCount: 1 }",
      sentence("once more, as its retry says", "retry: false, not 1"),
    ],
    ["{ errorRetryCount: 2 }", ", { errorRetryCount: 0 }", []],
    ["{ errorRetryCount: 0 }", "", []],
    ["{ shouldRetryOnError: false }", "", []],
  ])("of a provider %s and a hook%s are counted as they are", (provider, options, said) => {
    expect(saidOfRetries(provider, options)).toEqual(said);
  });
});

test.each([
  ['import useSWRMutation from "swr/mutation";', "useSWRMutation(key, send);", "a-mutation"],
  ['import useSWRInfinite from "swr/infinite";', "useSWRInfinite((index) => `/a/${index}`);", "lists-of-pages"],
  ['import useSWRSubscription from "swr/subscription";', 'useSWRSubscription("/a", listen);', "a-subscription"],
  ['import useSWR from "swr";', 'useSWR("/a");', "setting-up"],
])("%s leads to its section", (imported, code, section) => {
  const { findings } = migrated({ "a.ts": `${imported}\n${code}\n` }, "swr");
  expect(findings.map(({ doc }) => doc)).toEqual([`from-swr.md#${section}`]);
});

test("the sections are in the guide", () => {
  const guide = readFileSync(new URL("../../../../docs/from-swr.md", import.meta.url), "utf8");
  const headings = Array.from(guide.matchAll(/^#+ (.*)$/gm), ([, title = ""]) =>
    title.toLowerCase().replace(/,/g, "").replace(/ /g, "-"),
  );
  expect(headings).toEqual(expect.arrayContaining(Object.values(SECTION).map((doc) => doc.split("#")[1])));
});

test.each([
  ['import useSWRInfinite from "swr/infinite";', "useSWRInfinite((index) => `/a/${index}`);", "useSWRInfinite"],
  ['import useSWRSubscription from "swr/subscription";', 'useSWRSubscription("/a", listen);', "useSWRSubscription"],
  ['import { preload } from "swr";', 'preload("/a", load);', "preload"],
  ['import { type SWRConfiguration } from "swr";', "let a: SWRConfiguration;", "SWRConfiguration"],
])("%s is left", (imported, code, subject) => {
  expect(migrated({ "a.ts": `${imported}\n${code}\n` }, "swr")).toMatchObject({
    changed: [],
    left: [`a.ts:2 ${subject}`],
  });
});
