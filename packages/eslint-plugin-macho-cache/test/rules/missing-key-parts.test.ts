import { exhaustiveKey } from "../../src/rules/exhaustive-key.ts";
import { IMPORTS, inside, lacks } from "../support/film-code.ts";
import { ruleCases } from "../support/rule-cases.ts";

ruleCases(
  "exhaustive-key",
  exhaustiveKey,
  [],
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
