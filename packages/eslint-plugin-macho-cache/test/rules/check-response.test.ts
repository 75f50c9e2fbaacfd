import { checkResponse } from "../../src/rules/check-response.ts";
import { ruleCases } from "../support/rule-cases.ts";

const IMPORTS = `import { cacheControl, useCachedQuery, useCachedMutation, QueryClient } from "macho-cache/react";
`;
const hook = (fetcher: string): string => `${IMPORTS}const useFilm = () => useCachedQuery(["film"], ${fetcher});`;
const CHECK = (response: string): string =>
  `if (!${response}.ok) throw new Error(\`The request failed: \${${response}.status}\`);`;
/** A mutation that calls a function of its file. */
const mutation = (helper: string, mutationFn: string): string =>
  `${IMPORTS}${helper} const useRename = (url) => useCachedMutation({ mutationFn: ${mutationFn} });`;
const DROPS = `async function rename(url, title) { await fetch(url, { method: "PUT", body: title }); }`;
const ignored = (helper: string, mutationFn: string) => ({ code: mutation(helper, mutationFn), errors: ["ignored"] });
const lacks = (fetcher: string, mended?: string) => ({
  code: hook(fetcher),
  errors: ["unchecked"],
  ...(mended === undefined ? {} : { mended: hook(mended) }),
});

ruleCases(
  "check-response",
  checkResponse,
  [
    hook(
      `async () => { const response = await fetch("/film"); if (!response.ok) throw new Error("no"); return response.json(); }`,
    ),
    hook(
      `async () => { const response = await fetch("/film"); if (response.status !== 200) throw new Error("no"); return response.json(); }`,
    ),
    hook(
      `async () => { const response = await fetch("/film"); const film = await response.json(); if (response.ok) return film; throw film; }`,
    ),
    hook(`async () => { const response = await fetch("/film"); check(response); return response.json(); }`),
    hook(
      `async () => { const response = await fetch("/film"); const { ok } = response; if (!ok) throw new Error("no"); return response.json(); }`,
    ),
    hook(`async () => { const response = await fetch("/film"); return response; }`),
    hook(`async () => { const response = await fetch("/film"); return response["ok"] ? response.json() : null; }`),
    hook(`async () => { const { ok, status } = await fetch("/film"); return ok ? status : null; }`),
    hook(
      `() => fetch("/film").then((response) => { if (!response.ok) throw new Error("no"); return response.json(); })`,
    ),
    hook(`() => fetch("/film").then((response) => response.ok ? response.json() : null)`),
    hook(`() => fetch("/film").then(checked).then((response) => response.json())`),
    hook(`() => fetch("/film").then((response) => parse(response))`),
    hook(`() => fetch("/film")`),
    hook(`async () => read(await fetch("/film"))`),
    hook(`() => api("/film").then((response) => response.json())`),
    hook(`async () => { const response = await fetch("/film"); return response.headers.get("etag"); }`),
    // Another `fetch`, or another `json`.
    `import { fetch } from "./own"; ${hook(`() => fetch("/film").then((response) => response.json())`)}`,
    hook(`async () => { const response = await fetch("/film"); const film = new Film(); return film.json(response); }`),
    // No fetcher.
    `${IMPORTS}const load = async () => (await fetch("/film")).json();`,
    `${IMPORTS}async function load() { const response = await fetch("/film"); return response.json(); } export const film = await load();`,
    `const load = async () => (await fetch("/film")).json(); useCachedQuery(["film"], load);`,
    // A mutation whose answer is looked at, or handed on.
    `${IMPORTS}useCachedMutation({ mutationFn: (title) => fetch("/film", { method: "PUT", body: title }) });`,
    `${IMPORTS}useCachedMutation({ mutationFn: async (title) => { const { ok } = await fetch("/film"); if (!ok) throw new Error("no"); } });`,
    hook(`async () => { await fetch("/seen"); return 1; }`),
    // Functions that a mutation calls, and that look at the answer or hand it on.
    mutation(
      `async function rename(url, title) { const response = await fetch(url); if (!response.ok) throw new Error(title); }`,
      `(title) => rename(url, title)`,
    ),
    mutation(
      `async function rename(url) { const { ok } = await fetch(url); return ok; }`,
      `async () => { if (!(await rename(url))) throw new Error("no"); }`,
    ),
    mutation(`const send = (url) => fetch(url);`, `async () => check(await send(url))`),
    mutation(`async function rename(url) { check(await fetch(url)); }`, `() => rename(url)`),
    // Functions that drop an answer, and that no mutation calls.
    mutation(DROPS, `async (title) => check(await fetch(url, { body: title }))`),
    mutation(`${DROPS} rename("/opened", "");`, `async (title) => title`),
    `${DROPS} ${hook(`async () => { await rename("/seen", ""); return 1; }`)}`,
    `import { rename } from "./films"; ${mutation("", `(title) => rename(url, title)`)}`,
    mutation(DROPS, `(title, rename) => rename(url, title)`),
    mutation(DROPS, `(title) => api.rename(url, title)`),
    // Whether this one is ever called, nobody sees.
    mutation(
      `function films() { return { seen: async () => { await fetch("/seen"); } }; }`,
      `(title) => films().rename(title)`,
    ),
    mutation(`function again(url) { return again(url); } ${DROPS}`, `() => again(url)`),
  ],
  [
    lacks(
      `async () => { const response = await fetch("/film"); return response.json(); }`,
      `async () => { const response = await fetch("/film"); ${CHECK("response")} return response.json(); }`,
    ),
    lacks(
      `async () => { const r = (await fetch("/film"))!; return await r.text(); }`,
      `async () => { const r = (await fetch("/film"))!; ${CHECK("r")} return await r.text(); }`,
    ),
    lacks(
      `async (key, { setLifetime }) => { const r = await fetch("/film"); setLifetime(cacheControl(r)); return r.json(); }`,
      `async (key, { setLifetime }) => { const r = await fetch("/film"); ${CHECK("r")} setLifetime(cacheControl(r)); return r.json(); }`,
    ),
    lacks(
      `async () => { const r = await fetch("/film"); return r.body; }`,
      `async () => { const r = await fetch("/film"); ${CHECK("r")} return r.body; }`,
    ),
    lacks(
      `() => fetch("/film").then((response) => response.json())`,
      `() => fetch("/film").then((response) => { ${CHECK("response")} return response.json(); })`,
    ),
    lacks(
      `() => window.fetch("/film").then(r => r.blob())`,
      `() => window.fetch("/film").then(r => { ${CHECK("r")} return r.blob(); })`,
    ),
    lacks(`async () => (await fetch("/film")).json()`),
    lacks(`async () => { const { json } = await fetch("/film"); return json; }`),
    lacks(`() => fetch("/film").then(({ body }) => body)`),
    lacks(`() => fetch("/film").then((response) => { return response.json(); })`),
    lacks(`() => fetch("/film").then((response) => ({ film: response.json() }))`),
    // Shadowed names are not the response.
    lacks(
      `async () => { const r = await fetch("/film"); [1].map((r) => r.ok); return r.json(); }`,
      `async () => { const r = await fetch("/film"); ${CHECK("r")} [1].map((r) => r.ok); return r.json(); }`,
    ),
    // Functions that a fetcher calls.
    {
      code: `${IMPORTS}async function get(url) { const r = await fetch(url); return r.json(); } const useFilm = () => useCachedQuery(["film"], () => get("/film"));`,
      errors: ["unchecked"],
      mended: `${IMPORTS}async function get(url) { const r = await fetch(url); ${CHECK("r")} return r.json(); } const useFilm = () => useCachedQuery(["film"], () => get("/film"));`,
    },
    {
      code: `${IMPORTS}const read = async (url) => (await fetch(url)).json(); const get = (url) => read(url); useCachedQuery(["film"], () => get("/film"));`,
      errors: ["unchecked"],
    },
    {
      code: `${IMPORTS}const load = async () => (await fetch("/film")).json(); useCachedQuery(["film"], load);`,
      errors: ["unchecked"],
    },
    {
      code: `${IMPORTS}new QueryClient({ defaultOptions: { queries: { fetcher: async (key) => (await fetch(key.join("/"))).json() } } });`,
      errors: ["unchecked"],
    },
    // Mutations.
    {
      code: `${IMPORTS}useCachedMutation({ mutationFn: async (title) => { const r = await fetch("/film"); return r.json(); } });`,
      errors: ["unchecked"],
      mended: `${IMPORTS}useCachedMutation({ mutationFn: async (title) => { const r = await fetch("/film"); ${CHECK("r")} return r.json(); } });`,
    },
    {
      code: `${IMPORTS}useCachedMutation({ mutationFn: async (title) => { await fetch("/film", { method: "PUT", body: title }); } });`,
      errors: ["ignored"],
    },
    {
      code: `${IMPORTS}new QueryClient({ defaultOptions: { mutations: { mutationFn: async (title) => { await fetch("/film"); } } } });`,
      errors: ["ignored"],
    },
    // Functions that a mutation calls.
    ignored(DROPS, `(title) => rename(url, title)`),
    ignored(DROPS, `async (title) => { await rename(url, title); }`),
    ignored(DROPS, `async (title) => { const done = await rename(url, title); return done; }`),
    ignored(DROPS, `(title) => { return rename(url, title).then(() => title); }`),
    ignored(DROPS, `function (title) { return rename?.(url, title); }`),
    ignored(DROPS, `rename`),
    ignored(`const rename = async (url: string) => { await fetch(url); };`, `() => rename(url)`),
    ignored(`const rename = async function (url) { await window.fetch(url); };`, `() => rename(url)`),
    ignored(`${DROPS} const both = async (url) => { await rename(url); };`, `() => both(url)`),
    ignored(
      `async function renameAll(urls) { await Promise.all(urls.map(async (url) => { await fetch(url); })); }`,
      `(urls) => renameAll(urls)`,
    ),
    ignored(
      `async function rename(url, tries) { await fetch(url); if (tries > 0) await rename(url, tries - 1); }`,
      `() => rename(url, 2)`,
    ),
    // It is called elsewhere too.
    ignored(`${DROPS} rename("/opened", "");`, `(title) => rename(url, title)`),
    {
      code: `${IMPORTS}function Film({ url }) { const rename = useCallback(async (title) => { await fetch(url, { body: title }); }, [url]); useCachedMutation({ mutationFn: (title) => rename(title) }); }`,
      errors: ["ignored"],
    },
    {
      code: mutation(
        `async function rename(url) { const r = await fetch(url); return r.json(); }`,
        `() => rename(url)`,
      ),
      errors: ["unchecked"],
      mended: mutation(
        `async function rename(url) { const r = await fetch(url); ${CHECK("r")} return r.json(); }`,
        `() => rename(url)`,
      ),
    },
  ],
);
