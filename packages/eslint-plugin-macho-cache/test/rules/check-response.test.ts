import { checkResponse } from "../../src/rules/check-response.ts";
import { ruleCases } from "../support/rule-cases.ts";

const IMPORTS = `import { cacheControl, useCachedQuery, useCachedMutation, QueryClient } from "macho-cache/react";
`;
const hook = (fetcher: string): string => `${IMPORTS}const useFilm = () => useCachedQuery(["film"], ${fetcher});`;
const CHECK = (response: string): string =>
  `if (!${response}.ok) throw new Error(\`The request failed: \${${response}.status}\`);`;
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
  ],
);
