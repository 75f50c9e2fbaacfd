import { exhaustiveKey } from "../../src/rules/exhaustive-key.ts";
import { ruleCases } from "../support/rule-cases.ts";

const IMPORTS = `import { useCachedQuery, useCachedInfiniteQuery, useCachedQueries, useCachedSubscription, useCachedState,
  useQueryClient, queryOptions, infiniteQueryOptions, streamedQuery, skipToken, QueryClient } from "macho-cache/react";
import { load, filmKeys, API, genresKey } from "./api";
`;
const inside = (body: string, parameters = "{ id, lang, filters, user, load: loadProp, onDone }"): string =>
  `${IMPORTS}function Film(${parameters}) { ${body} }`;
const lacks = (name: string, body: string, mended?: string, parameters?: string) => ({
  code: inside(body, parameters),
  errors: ["missing"],
  data: { name },
  ...(mended === undefined ? {} : { mended: inside(mended, parameters) }),
});

ruleCases(
  "exhaustive-key",
  exhaustiveKey,
  [
    // What the key holds, in any form.
    inside(`useCachedQuery(["film", id], () => load(id));`),
    inside(`useCachedQuery(["film", String(id)], () => load(id));`),
    inside("useCachedQuery(`/api/films/${id}`, () => load(id));"),
    inside(`useCachedQuery("film-" + id, () => load(id));`),
    inside(`useCachedQuery(["films", { id, lang }], () => load(id, lang));`),
    inside(`useCachedQuery(["films", [id, [lang]]], () => load(id, lang));`),
    inside(`useCachedQuery(id ? ["film", id] : null, () => load(id));`),
    inside(`useCachedQuery(id && ["film", id], () => load(id));`),
    inside(`useCachedQuery(filmKeys.detail(id), () => load(id));`),
    inside(`const key = ["film", id]; useCachedQuery(key, () => load(id));`),
    inside(`useCachedQuery(["film", id], ([, film]) => load(film));`),
    inside(`useCachedQuery(["film", id], ([, id]) => load(id));`),
    inside(`useCachedQuery(["films", filters], () => load(filters.page, filters.sort));`),
    inside(`useCachedQuery(["films", ...[id, lang]], () => load(id, lang));`),
    inside(`useCachedQuery(["films", filters.page], () => load(filters.page));`),
    inside(`useCachedQuery(["films", filters?.page], () => load(filters.page));`),
    inside(`useCachedQuery(["films", props.id], () => load(props.id));`, "props"),
    inside(`const { id } = props; useCachedQuery(["films", props.id], () => load(id));`, "props"),
    inside(`const { film: { id } } = props; useCachedQuery(["films", id], () => load(props.film.id));`, "props"),
    inside(`const number = props.id; useCachedQuery(["films", number], () => load(props.id));`, "props"),
    // A part that names the whole.
    inside(`useCachedQuery(["friends", user.id], () => load(user));`),
    inside(`useCachedQuery(["friends", user.id], () => load(user.name));`),
    inside(`useCachedQuery(["friends", user.id], () => load(user.friends.length));`),
    // What is made of it.
    inside('const url = `/films/${id}`; useCachedQuery(["film", id], () => load(url));'),
    inside("const url = `/films/${id}`; useCachedQuery([url], () => load(id));"),
    inside(`const query = new URLSearchParams({ id }); useCachedQuery(["film", id], () => load(query));`),
    inside(`const ids = useMemo(() => [id, lang], [id, lang]); useCachedQuery(["film", id, lang], () => load(ids));`),
    inside(`const fetchIt = () => load(id); useCachedQuery(["film", id], () => fetchIt());`),
    inside(`function fetchIt() { return load(id); } useCachedQuery(["film", id], fetchIt);`),
    inside(`const fetchIt = useCallback(() => load(id), [id]); useCachedQuery(["film", id], fetchIt);`),
    // What does not change, or what no key can hold.
    inside(`const size = 20; useCachedQuery(["films"], () => load(size));`),
    inside(`useCachedQuery(["films"], () => load(API, window.location.origin, document.title));`),
    inside(`const [, setPage] = useState(0); useCachedQuery(["films"], () => load(setPage));`),
    inside(`const [, dispatch] = useReducer(f, 0); useCachedQuery(["films"], () => load(dispatch));`),
    inside(`const seen = useRef(0); useCachedQuery(["films"], () => load(seen.current));`),
    inside(`const client = useQueryClient(); useCachedQuery(["films"], () => load(client));`),
    inside(`const films = useQueryClient(); useCachedQuery(["films"], () => load(films));`),
    inside(`const api = useApi(); useCachedQuery(["films"], () => api.films.list());`),
    inside(`const service = useFilms(); useCachedQuery(["films"], () => load(service));`),
    inside(`useCachedQuery(["film", id], () => loadProp(id));`),
    inside(`useCachedQuery(["film", id], () => load(id, onDone));`),
    inside(`useCachedQuery(["film", id], ([, id], { signal }) => fetch(API + id, { signal }));`),
    inside(`const { token } = useSession(); useCachedQuery(["film", id], () => load(id, token));`),
    inside(`const session = useSession(); useCachedQuery(["film", id], () => load(id, session.accessToken));`),
    inside(`let calls = 0; useCachedQuery(["films"], () => { calls += 1; return load(calls); });`),
    inside(`const now = Date.now(); useCachedQuery(["films"], () => load(now));`),
    inside(
      `const { progress }: { progress: (part: number) => void } = useX(); useCachedQuery(["films"], () => progress(1));`,
    ),
    inside(`useCachedQuery(["film", id], () => load(id, cb));`, "{ id, cb }: { id: number; cb: () => void }"),
    inside(
      `useCachedQuery(["film", id], () => load(id, cb));`,
      "{ id, cb }: { id: number; cb?: (() => void) | undefined }",
    ),
    inside(`useCachedQuery(["film"], () => load(cb));`, "cb: () => void"),
    `${IMPORTS}interface Props { id: number; format(price: number): string } function Film({ id, format }: Props) { useCachedQuery(["film", id], () => load(id, format)); }`,
    `${IMPORTS}type Format = (price: number) => string; type Props = { id: number; format: Format }; function Film({ id, format }: Readonly<Props>) { useCachedQuery(["film", id], () => load(id, format)); }`,
    // Types are no values.
    inside(`useCachedQuery(["film", id], () => load(id as typeof lang));`),
    inside(`type Id = string; useCachedQuery(["film", id], () => load<Id>(id satisfies Id, id!));`),
    // No fetcher here, or none that can be read.
    inside(`useCachedQuery(["film"]);`),
    inside(`useCachedQuery(["film"], undefined, { enabled: id > 0 });`),
    inside(`useCachedQuery(["film"], loadProp);`),
    inside(`useCachedQuery(["film"], load);`),
    inside(`useCachedQuery(["film", id], id ? () => load(id) : skipToken);`),
    inside(`useCachedQuery({ queryKey: ["film", id], enabled: lang === "en" });`),
    inside(`useCachedQuery({ ...rest, fetcher: () => load(id) });`),
    // No key that can be read.
    inside(`useCachedQuery(queryKey, () => load(id));`, "{ queryKey, id }"),
    inside(`useCachedQuery([...path, "film"], () => load(id));`, "{ path, id }"),
    inside(`useCachedQuery(makeKey(), () => load(id));`, "{ makeKey, id }"),
    inside(`const key = useFilmKey(); useCachedQuery(key, () => load(id));`),
    // Queries that are written elsewhere.
    inside(`useCachedQuery({ queryKey: ["film", id], fetcher: () => load(id), select: (film) => film[lang] });`),
    inside(
      `useCachedQueries({ queries: filters.map((each) => ({ queryKey: ["film", each], fetcher: () => load(each) })) });`,
    ),
    inside(
      `useCachedInfiniteQuery(["films", id], (key, { pageParam }) => load(id, pageParam), { initialPageParam: 0 });`,
    ),
    inside(`useCachedSubscription(["price", id], ([, name], { next }) => load(id, next));`),
    inside(`useCachedQuery(["film", id], streamedQuery({ stream: () => load(id) }));`),
    `${IMPORTS}const filmOptions = (id) => queryOptions({ queryKey: ["film", id], fetcher: () => load(id) });`,
    `${IMPORTS}const make = (baseUrl) => ({ film: (id) => queryOptions({ queryKey: ["film", id], fetcher: () => load(baseUrl, id) }) });`,
    `${IMPORTS}const client = new QueryClient(); const page = 1; client.fetchQuery(["films"], () => load(page));`,
    `${IMPORTS}async function get(id) { const client = new QueryClient(); let tries = 0; return client.fetchQuery(["f", id], () => load(id, tries++)); }`,
    // Other libraries, and names that mean something else here.
    `function Film({ id }) { useCachedQuery(["film"], () => load(id)); }`,
    `import { useCachedQuery } from "./own"; function Film({ id }) { useCachedQuery(["film"], () => load(id)); }`,
    `${IMPORTS}function Film({ id, useCachedQuery }) { useCachedQuery(["film"], () => load(id)); }`,
    `import { useQuery } from "@tanstack/react-query"; function Film({ id }) { useQuery({ queryKey: ["film"], queryFn: () => load(id) }); }`,
    // What leads to itself ends.
    inside(
      `function more(n) { return n ? more(n - 1) + more(n - 2) + more(id) : 0; } useCachedQuery(["film", id], () => more(1));`,
    ),
    inside(`const one = () => two(), two = () => one(); useCachedQuery(["film"], () => one());`),
    inside(`const gate = useGate(); useCachedQuery(["film"], () => gate.promise);`),
    // What the app says to ignore.
    { code: inside(`useCachedQuery(["film", id], () => load(id, lang));`), options: [{ ignore: ["lang"] }] },
    { code: inside(`useCachedQuery(["film", id], () => load(id, user.name));`), options: [{ ignore: ["user.name"] }] },
  ],
  [
    lacks("id", `useCachedQuery(["film"], () => load(id));`, `useCachedQuery(["film", id], () => load(id));`),
    lacks("id", `useCachedQuery("film", () => load(id));`, `useCachedQuery(["film", id], () => load(id));`),
    lacks("id", `useCachedQuery([], () => load(id));`, `useCachedQuery([id], () => load(id));`),
    lacks(
      "lang",
      "useCachedQuery(`/film/${id}`, () => load(id, lang));",
      "useCachedQuery([`/film/${id}`, lang], () => load(id, lang));",
    ),
    lacks(
      "id",
      `useCachedQuery(lang ? ["film"] : null, () => load(id));`,
      `useCachedQuery(lang ? ["film", id] : null, () => load(id));`,
    ),
    lacks(
      "id",
      `useCachedQuery(lang && ["film"], () => load(id));`,
      `useCachedQuery(lang && ["film", id], () => load(id));`,
    ),
    lacks(
      "id",
      `useCachedQuery(["film"] as const, () => load(id));`,
      `useCachedQuery(["film", id] as const, () => load(id));`,
    ),
    lacks(
      "id",
      `useCachedQuery(["film"], async () => { const film = await load(id); return film; });`,
      `useCachedQuery(["film", id], async () => { const film = await load(id); return film; });`,
    ),
    lacks(
      "id",
      `useCachedQuery(["film"], function () { return [1].map(() => load(id)); });`,
      `useCachedQuery(["film", id], function () { return [1].map(() => load(id)); });`,
    ),
    lacks(
      "filters.sort",
      `useCachedQuery(["films", filters.page], () => load(filters.page, filters.sort));`,
      `useCachedQuery(["films", filters.page, filters.sort], () => load(filters.page, filters.sort));`,
    ),
    lacks(
      "filters",
      `useCachedQuery(["films", filters.page], () => load(filters));`,
      `useCachedQuery(["films", filters.page, filters], () => load(filters));`,
    ),
    lacks(
      "filters",
      `useCachedQuery(["films"], () => load(filters, filters.page));`,
      `useCachedQuery(["films", filters], () => load(filters, filters.page));`,
    ),
    lacks(
      "filters.tags",
      `useCachedQuery(["films"], () => load(filters.tags.join(",")));`,
      `useCachedQuery(["films", filters.tags], () => load(filters.tags.join(",")));`,
    ),
    lacks(
      "filters.tags",
      `useCachedQuery(["films"], () => load(filters.tags.length));`,
      `useCachedQuery(["films", filters.tags], () => load(filters.tags.length));`,
    ),
    lacks(
      "user.id",
      `useCachedQuery(["friends"], () => load(user?.id));`,
      `useCachedQuery(["friends", user?.id], () => load(user?.id));`,
    ),
    lacks(
      "props.lang",
      `useCachedQuery(["film", props.id], () => load(props.id, props.lang));`,
      `useCachedQuery(["film", props.id, props.lang], () => load(props.id, props.lang));`,
      "props",
    ),
    lacks(
      "lang",
      `const { id, lang } = props; useCachedQuery(["film", id], () => load(id, lang));`,
      `const { id, lang } = props; useCachedQuery(["film", id, lang], () => load(id, lang));`,
      "props",
    ),
    lacks(
      "page",
      `const [page] = useState(0); useCachedQuery(["films"], () => load(page));`,
      `const [page] = useState(0); useCachedQuery(["films", page], () => load(page));`,
    ),
    lacks(
      "state.page",
      `const [state, send] = useReducer(f, {}); useCachedQuery(["films"], () => load(state.page));`,
      `const [state, send] = useReducer(f, {}); useCachedQuery(["films", state.page], () => load(state.page));`,
    ),
    lacks(
      "genre",
      `const [genre] = useCachedState(["genre"], ""); useCachedQuery(["films"], () => load(genre));`,
      `const [genre] = useCachedState(["genre"], ""); useCachedQuery(["films", genre], () => load(genre));`,
    ),
    lacks(
      "slug",
      `const { slug } = useParams(); useCachedQuery(["film"], () => load(slug));`,
      `const { slug } = useParams(); useCachedQuery(["film", slug], () => load(slug));`,
    ),
    lacks(
      "params.tab",
      `const params = useParams(); useCachedQuery(["film", params.id], () => load(params.id, params.tab));`,
      `const params = useParams(); useCachedQuery(["film", params.id, params.tab], () => load(params.id, params.tab));`,
    ),
    lacks(
      "late",
      `const late = useDeferredValue(lang); useCachedQuery(["films", lang], () => load(late));`,
      `const late = useDeferredValue(lang); useCachedQuery(["films", lang, late], () => load(late));`,
    ),
    lacks(
      "lang",
      `const late = useDebounce(lang, 300); useCachedQuery(["films", late], () => load(lang));`,
      `const late = useDebounce(lang, 300); useCachedQuery(["films", late, lang], () => load(lang));`,
    ),
    lacks(
      "me.id",
      `const { data: me } = useCachedQuery(["me"], load); useCachedQuery(["friends"], () => load(me.id));`,
      `const { data: me } = useCachedQuery(["me"], load); useCachedQuery(["friends", me.id], () => load(me.id));`,
    ),
    lacks(
      "url",
      'const url = `/films/${id}`; useCachedQuery(["film"], () => load(url));',
      'const url = `/films/${id}`; useCachedQuery(["film", url], () => load(url));',
    ),
    lacks(
      "ids",
      `const ids = useMemo(() => [id, lang], [id, lang]); useCachedQuery(["film", id], () => load(ids));`,
      `const ids = useMemo(() => [id, lang], [id, lang]); useCachedQuery(["film", id, ids], () => load(ids));`,
    ),
    lacks(
      "id",
      `const fetchIt = () => load(id); useCachedQuery(["film"], () => fetchIt());`,
      `const fetchIt = () => load(id); useCachedQuery(["film", id], () => fetchIt());`,
    ),
    lacks(
      "id",
      `const fetchIt = useCallback(() => load(id), [id]); useCachedQuery(["film"], fetchIt);`,
      `const fetchIt = useCallback(() => load(id), [id]); useCachedQuery(["film", id], fetchIt);`,
    ),
    lacks(
      "id",
      `useCachedQuery(["film"], id ? () => load(id) : skipToken);`,
      `useCachedQuery(["film", id], id ? () => load(id) : skipToken);`,
    ),
    // A key that is made elsewhere has no suggestion.
    lacks("id", `useCachedQuery(genresKey, () => load(id));`),
    lacks("lang", `useCachedQuery(filmKeys.detail(id), () => load(id, lang));`),
    lacks("lang", `const key = ["film", id]; useCachedQuery(key, () => load(id, lang));`),
    // Other places where a query is written.
    lacks(
      "id",
      `useCachedQuery({ queryKey: ["film"], fetcher: () => load(id) });`,
      `useCachedQuery({ queryKey: ["film", id], fetcher: () => load(id) });`,
    ),
    lacks(
      "id",
      `useCachedQuery({ queryKey: ["film"], fetcher() { return load(id); } });`,
      `useCachedQuery({ queryKey: ["film", id], fetcher() { return load(id); } });`,
    ),
    lacks(
      "each",
      `useCachedQueries({ queries: filters.map((each) => ({ queryKey: ["film"], fetcher: () => load(each) })) });`,
      `useCachedQueries({ queries: filters.map((each) => ({ queryKey: ["film", each], fetcher: () => load(each) })) });`,
    ),
    lacks(
      "id",
      `useCachedQueries({ queries: [{ queryKey: ["film"], fetcher: () => load(id) }] });`,
      `useCachedQueries({ queries: [{ queryKey: ["film", id], fetcher: () => load(id) }] });`,
    ),
    lacks(
      "id",
      `useCachedInfiniteQuery(["films"], (key, { pageParam }) => load(id, pageParam), {});`,
      `useCachedInfiniteQuery(["films", id], (key, { pageParam }) => load(id, pageParam), {});`,
    ),
    lacks(
      "id",
      `useCachedSubscription(["price"], (key, { next }) => load(id, next));`,
      `useCachedSubscription(["price", id], (key, { next }) => load(id, next));`,
    ),
    lacks(
      "id",
      `useCachedQuery(["film"], streamedQuery({ stream: () => load(id) }));`,
      `useCachedQuery(["film", id], streamedQuery({ stream: () => load(id) }));`,
    ),
    lacks(
      "id",
      `const client = useQueryClient(); return <a onFocus={() => client.prefetchQuery(["film"], () => load(id))} />;`,
      `const client = useQueryClient(); return <a onFocus={() => client.prefetchQuery(["film", id], () => load(id))} />;`,
    ),
    {
      code: `${IMPORTS}const filmOptions = (id, lang) => queryOptions({ queryKey: ["film", id], fetcher: () => load(id, lang) });`,
      errors: ["missing"],
      mended: `${IMPORTS}const filmOptions = (id, lang) => queryOptions({ queryKey: ["film", id, lang], fetcher: () => load(id, lang) });`,
    },
    {
      code: `${IMPORTS}export const loader = ({ params }) => client.fetchQuery(["film"], () => load(params.id));`,
      errors: ["missing"],
      data: { name: "params.id" },
      mended: `${IMPORTS}export const loader = ({ params }) => client.fetchQuery(["film", params.id], () => load(params.id));`,
    },
    {
      code: `${IMPORTS}async function warm(client, ids) { for (const id of ids) await client.prefetchQuery(["film"], () => load(id)); }`,
      errors: ["missing"],
      mended: `${IMPORTS}async function warm(client, ids) { for (const id of ids) await client.prefetchQuery(["film", id], () => load(id)); }`,
    },
    {
      code: `${IMPORTS}interface Props { id: number; lang: string } function Film({ id, lang }: Props) { useCachedQuery(["film", id], () => load(id, lang)); }`,
      errors: ["missing"],
      mended: `${IMPORTS}interface Props { id: number; lang: string } function Film({ id, lang }: Props) { useCachedQuery(["film", id, lang], () => load(id, lang)); }`,
    },
    // Names of imports.
    {
      code: `import { useCachedQuery as useQuery } from "macho-cache/react"; const useFilm = (id) => useQuery(["film"], () => load(id));`,
      errors: ["missing"],
      mended: `import { useCachedQuery as useQuery } from "macho-cache/react"; const useFilm = (id) => useQuery(["film", id], () => load(id));`,
    },
    {
      code: `import * as macho from "macho-cache/react"; const useFilm = (id) => macho.useCachedQuery(["film"], () => load(id));`,
      errors: ["missing"],
      mended: `import * as macho from "macho-cache/react"; const useFilm = (id) => macho.useCachedQuery(["film", id], () => load(id));`,
    },
    {
      code: `import { useCachedQuery } from "macho-cache/react"; const useQuery = useCachedQuery; const useFilm = (id) => useQuery(["film"], () => load(id));`,
      errors: ["missing"],
      mended: `import { useCachedQuery } from "macho-cache/react"; const useQuery = useCachedQuery; const useFilm = (id) => useQuery(["film", id], () => load(id));`,
    },
    {
      code: `import { useCachedQuery } from "macho-cache/browser/react"; const useFilm = (id) => useCachedQuery(["film"], () => load(id));`,
      errors: ["missing"],
      mended: `import { useCachedQuery } from "macho-cache/browser/react"; const useFilm = (id) => useCachedQuery(["film", id], () => load(id));`,
    },
    // Each value that is missing is told.
    {
      code: inside(`useCachedQuery(["film"], () => load(id, lang));`),
      errors: ["missing", "missing"],
      mended: inside(`useCachedQuery(["film", id], () => load(id, lang));`),
    },
    {
      code: inside(`useCachedQuery(["film", id], () => load(id, lang));`),
      errors: ["missing"],
      options: [{ ignore: ["id"] }],
      mended: inside(`useCachedQuery(["film", id, lang], () => load(id, lang));`),
    },
  ],
);
