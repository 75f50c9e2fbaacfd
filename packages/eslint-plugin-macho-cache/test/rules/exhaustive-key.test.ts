import { exhaustiveKey } from "../../src/rules/exhaustive-key.ts";
import { IMPORTS, inside } from "../support/film-code.ts";
import { ruleCases } from "../support/rule-cases.ts";

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
  [],
);
