import { passSignal } from "../../src/rules/pass-signal.ts";
import { ruleCases } from "../support/rule-cases.ts";

const IMPORTS = `import { useCachedQuery, useCachedQueries, useCachedMutation, useCachedSubscription, useCachedInfiniteQuery,
  queryOptions, streamedQuery, skipToken, QueryClient } from "macho-cache/react";
`;
const hook = (fetcher: string): string => `${IMPORTS}const useFilm = (id) => useCachedQuery(["film", id], ${fetcher});`;
const lacks = (fetcher: string, mended?: string) => ({
  code: hook(fetcher),
  errors: ["missing"],
  ...(mended === undefined ? {} : { mended: hook(mended) }),
});

ruleCases(
  "pass-signal",
  passSignal,
  [
    hook(`(key, { signal }) => fetch("/film", { signal })`),
    hook(`(key, context) => fetch("/film", { signal: context.signal })`),
    hook(`(key, { signal: stop }) => fetch("/film", { method: "POST", signal: stop })`),
    hook(`(key, { signal }) => fetch("/film", { signal: AbortSignal.any([signal, AbortSignal.timeout(1000)]) })`),
    hook(`() => fetch("/film", init)`),
    hook(`() => fetch("/film", { ...init })`),
    hook(`() => fetch(...parts)`),
    hook(`() => fetch(new Request("/film", init))`),
    hook(`(key, { signal }) => { const request = new Request("/film", { signal }); return fetch(request); }`),
    hook(`(key, { signal }) => { const init = { signal }; return fetch("/film", init); }`),
    hook(`() => load(id)`),
    hook(`() => axios.get("/film")`),
    hook(`() => api.fetch("/film")`),
    hook(`skipToken`),
    // Not the page's `fetch`.
    `import { fetch } from "undici"; ${hook(`() => fetch("/film")`)}`,
    `${IMPORTS}const useFilm = (fetch) => useCachedQuery(["film"], () => fetch("/film"));`,
    `${IMPORTS}const useFilm = (window) => useCachedQuery(["film"], () => window.fetch("/film"));`,
    // No fetcher.
    `${IMPORTS}const load = () => fetch("/film");`,
    `${IMPORTS}useCachedMutation({ mutationFn: (title) => fetch("/film", { method: "PUT", body: title }) });`,
    `${IMPORTS}useCachedSubscription(["film"], (key, { next }) => { fetch("/film").then(next); return () => {}; });`,
    `${IMPORTS}useCachedQuery(["film"], load, { select: () => fetch("/film") });`,
    `useCachedQuery(["film"], () => fetch("/film"));`,
    `import { useCachedQuery } from "./own"; useCachedQuery(["film"], () => fetch("/film"));`,
    `import { useQuery } from "@tanstack/react-query"; useQuery({ queryKey: ["film"], queryFn: () => fetch("/film") });`,
  ],
  [
    lacks(`() => fetch("/film")`, `(_key, { signal }) => fetch("/film", { signal })`),
    lacks(
      `async () => (await fetch("/film")).json()`,
      `async (_key, { signal }) => (await fetch("/film", { signal })).json()`,
    ),
    lacks(`key => fetch("/film")`, `(key, { signal }) => fetch("/film", { signal })`),
    lacks(`(key) => fetch("/film", {})`, `(key, { signal }) => fetch("/film", { signal })`),
    lacks(`([, film]) => fetch(film)`, `([, film], { signal }) => fetch(film, { signal })`),
    lacks(
      '() => fetch(`/film/${id}`, { cache: "no-store" })',
      '(_key, { signal }) => fetch(`/film/${id}`, { cache: "no-store", signal })',
    ),
    lacks(`() => fetch(new URL("/film", base))`, `(_key, { signal }) => fetch(new URL("/film", base), { signal })`),
    lacks(`() => window.fetch("/film")`, `(_key, { signal }) => window.fetch("/film", { signal })`),
    lacks(`() => globalThis.fetch("/film")`, `(_key, { signal }) => globalThis.fetch("/film", { signal })`),
    lacks(`(key, context) => fetch("/film")`, `(key, context) => fetch("/film", { signal: context.signal })`),
    lacks(`(key, { signal }) => fetch("/film")`, `(key, { signal }) => fetch("/film", { signal })`),
    lacks(`(key, { signal: stop }) => fetch("/film")`, `(key, { signal: stop }) => fetch("/film", { signal: stop })`),
    lacks(`(key, { meta }) => fetch("/film")`, `(key, { signal, meta }) => fetch("/film", { signal })`),
    lacks(`(key, {}) => fetch("/film")`, `(key, { signal }) => fetch("/film", { signal })`),
    lacks(
      `function () { return fetch("/film"); }`,
      `function (_key, { signal }) { return fetch("/film", { signal }); }`,
    ),
    lacks(`id ? () => fetch("/film") : skipToken`, `id ? (_key, { signal }) => fetch("/film", { signal }) : skipToken`),
    lacks(`useCallback(() => fetch("/film"), [])`, `useCallback((_key, { signal }) => fetch("/film", { signal }), [])`),
    lacks(
      `async <T,>(key: T): Promise<T> => (await fetch("/film")).json()`,
      `async <T,>(key: T, { signal }): Promise<T> => (await fetch("/film", { signal })).json()`,
    ),
    // No suggestion that may be wrong.
    lacks(`(...rest) => fetch("/film")`),
    lacks(`(key, { meta }: { meta: unknown }) => fetch("/film")`),
    lacks(`(key, { signal: { aborted } }) => fetch("/film")`),
    lacks(`() => { const signal = 1; return fetch("/film"); }`),
    {
      code: `${IMPORTS}const load = () => fetch("/film"); useCachedQuery(["film"], load); load();`,
      errors: ["missing"],
    },
    // Other places where a fetcher is written.
    {
      code: `${IMPORTS}const load = () => fetch("/film"); useCachedQuery(["film"], load);`,
      errors: ["missing"],
      mended: `${IMPORTS}const load = (_key, { signal }) => fetch("/film", { signal }); useCachedQuery(["film"], load);`,
    },
    {
      code: `${IMPORTS}async function load() { return fetch("/film"); } export const film = queryOptions({ queryKey: ["film"], fetcher: load });`,
      errors: ["missing"],
      mended: `${IMPORTS}async function load(_key, { signal }) { return fetch("/film", { signal }); } export const film = queryOptions({ queryKey: ["film"], fetcher: load });`,
    },
    {
      code: `${IMPORTS}const client = new QueryClient({ defaultOptions: { queries: { fetcher: (key) => fetch(key.join("/")) } } });`,
      errors: ["missing"],
      mended: `${IMPORTS}const client = new QueryClient({ defaultOptions: { queries: { fetcher: (key, { signal }) => fetch(key.join("/"), { signal }) } } });`,
    },
    {
      code: `${IMPORTS}client.setQueryDefaults(["film"], { fetcher: () => fetch("/film") });`,
      errors: ["missing"],
      mended: `${IMPORTS}client.setQueryDefaults(["film"], { fetcher: (_key, { signal }) => fetch("/film", { signal }) });`,
    },
    {
      code: `${IMPORTS}client.prefetchQuery(["film"], () => fetch("/film"));`,
      errors: ["missing"],
      mended: `${IMPORTS}client.prefetchQuery(["film"], (_key, { signal }) => fetch("/film", { signal }));`,
    },
    {
      code: `${IMPORTS}useCachedInfiniteQuery(["films"], (key, { pageParam }) => fetch("/films?" + pageParam), {});`,
      errors: ["missing"],
      mended: `${IMPORTS}useCachedInfiniteQuery(["films"], (key, { signal, pageParam }) => fetch("/films?" + pageParam, { signal }), {});`,
    },
    {
      code: `${IMPORTS}useCachedQuery(["film"], streamedQuery({ stream: () => fetch("/film") }));`,
      errors: ["missing"],
      mended: `${IMPORTS}useCachedQuery(["film"], streamedQuery({ stream: (_key, { signal }) => fetch("/film", { signal }) }));`,
    },
    {
      code: `${IMPORTS}useCachedQueries({ queries: [{ queryKey: ["film"], fetcher() { return fetch("/film"); } }] });`,
      errors: ["missing"],
      mended: `${IMPORTS}useCachedQueries({ queries: [{ queryKey: ["film"], fetcher(_key, { signal }) { return fetch("/film", { signal }); } }] });`,
    },
    {
      code: `import type { Fetcher } from "macho-cache/query"; export const load: Fetcher<Film> = async () => fetch("/film");`,
      errors: ["missing"],
      mended: `import type { Fetcher } from "macho-cache/query"; export const load: Fetcher<Film> = async (_key, { signal }) => fetch("/film", { signal });`,
    },
    {
      code: hook(`async () => { const one = await fetch("/one"); return fetch("/two"); }`),
      errors: ["missing", "missing"],
      mended: hook(
        `async (_key, { signal }) => { const one = await fetch("/one", { signal }); return fetch("/two"); }`,
      ),
    },
  ],
);
