// Checked by the compiler: what is inferred, and what must not compile.
import { Cache } from "macho-cache";
import {
  infiniteQueryOptions,
  keepPreviousData,
  mutateQuery,
  type Pages,
  QueryClient,
  queryOptions,
  type QueryResult,
  skipToken,
} from "macho-cache/query";
import {
  useCachedInfiniteQuery,
  useCachedQueries,
  useCachedQuery,
  useCachedState,
  useCachedSubscription,
} from "macho-cache/react";
import { expectTypeOf } from "vitest";

interface Film {
  title: string;
}
declare const film: Film;
declare const id: number | undefined;

// The fetcher gets the key as it was written, and gives the data's type.
const result = useCachedQuery(["film", 1], (key, { signal }) => {
  expectTypeOf(key).toEqualTypeOf<readonly ["film", 1]>();
  expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
  return Promise.resolve(film);
});
expectTypeOf(result).toEqualTypeOf<QueryResult<Film>>();
expectTypeOf(result.data).toEqualTypeOf<Film | undefined>();

// Destructured or not, a status narrows the data.
const { data, status } = result;
if (status === "success") expectTypeOf(data).toEqualTypeOf<Film>();
if (result.isPending) expectTypeOf(result.data).toEqualTypeOf<undefined>();
if (result.isError) expectTypeOf(result.error).toEqualTypeOf<unknown>();

// An idle key does not reach the fetcher's type.
useCachedQuery(id !== undefined && ["film", id], ([, own]) => {
  expectTypeOf(own).toEqualTypeOf<number>();
  return film;
});
expectTypeOf(useCachedQuery(null, () => 1).data).toEqualTypeOf<number | undefined>();

// @ts-expect-error a key is a string or an array
useCachedQuery(5, () => 1);
// @ts-expect-error an option that does not exist
useCachedQuery("a", () => 1, { stale: 5 });

const client = new QueryClient({ cache: { maxCacheSize: 5 } });
expectTypeOf(client.fetchQuery("a", () => film)).resolves.toEqualTypeOf<Film>();
expectTypeOf(client.getQueryData<Film>("a")).toEqualTypeOf<Film | undefined>();
expectTypeOf(client.setQueryData<Film>("a", (old) => old)).toEqualTypeOf<Film | undefined>();
void client.invalidateQueries({ queryKey: ["a"], predicate: (query) => query.isStale });
// @ts-expect-error a filter that does not exist
void client.invalidateQueries({ key: ["a"] });

const cache = new Cache<string, Film>({
  onRemoval: (key, value) => expectTypeOf([key, value]).toExtend<(string | Film)[]>(),
});
expectTypeOf(cache.get("a")).toEqualTypeOf<Film | undefined>();
expectTypeOf(cache.getOrLoad("a", () => Promise.resolve(film))).resolves.toEqualTypeOf<Film>();
expectTypeOf([...cache]).toEqualTypeOf<[string, Film][]>();
// @ts-expect-error another value
cache.set("a", 5);
// @ts-expect-error an unknown strategy
new Cache({ strategy: "mru" });

// What select gives is what the hook gives; an error is unknown; suspense rules pending out.
expectTypeOf(useCachedQuery(["film"], () => film, { select: ({ title }) => title.length }).data).toEqualTypeOf<
  number | undefined
>();
expectTypeOf(useCachedQuery(["film"], () => film, { suspense: true }).isPending).toEqualTypeOf<false>();
// While nothing keeps it from loading, there is data; with an idle key, `enabled` or a rule for errors there may be none.
expectTypeOf(useCachedQuery(["film"], () => film, { suspense: true }).data).toEqualTypeOf<Film>();
expectTypeOf(
  useCachedQuery(["film"], () => film, { suspense: true, select: (f) => f.title }).data,
).toEqualTypeOf<string>();
expectTypeOf(useCachedQuery({ queryKey: ["film"], fetcher: () => film, suspense: true }).data).toEqualTypeOf<Film>();
expectTypeOf(
  useCachedQuery(queryOptions({ queryKey: ["film"], fetcher: () => film, suspense: true })).data,
).toEqualTypeOf<Film>();
expectTypeOf(useCachedQuery(id !== undefined && ["film", id], () => film, { suspense: true }).data).toEqualTypeOf<
  Film | undefined
>();
expectTypeOf(useCachedQuery(["film"], () => film, { suspense: true, enabled: false }).data).toEqualTypeOf<
  Film | undefined
>();
expectTypeOf(useCachedQuery(["film"], () => film, { suspense: true, throwOnError: () => false }).data).toEqualTypeOf<
  Film | undefined
>();

// One type says what a default fetcher gives; a key in an object may be idle as well.
expectTypeOf(useCachedQuery<Film>(["film"]).data).toEqualTypeOf<Film | undefined>();
expectTypeOf(useCachedQuery<Film>({ queryKey: ["film"] }).data).toEqualTypeOf<Film | undefined>();
expectTypeOf(useCachedQuery({ queryKey: id !== undefined && ["film", id], fetcher: () => film }).data).toEqualTypeOf<
  Film | undefined
>();

// Data to begin with, and of before, has the fetcher's type, and does not make it another one.
expectTypeOf(useCachedQuery(["film"], () => film, { placeholderData: keepPreviousData }).data).toEqualTypeOf<
  Film | undefined
>();
expectTypeOf(
  useCachedQuery(["film"], () => film, { placeholderData: keepPreviousData, select: ({ title }) => title }).data,
).toEqualTypeOf<string | undefined>();
expectTypeOf(
  useCachedQuery({ queryKey: ["film"], fetcher: () => film, placeholderData: keepPreviousData }).data,
).toEqualTypeOf<Film | undefined>();
expectTypeOf(useCachedQuery(["film"], () => film, { placeholderData: (before) => before }).data).toEqualTypeOf<
  Film | undefined
>();
// @ts-expect-error other data than the fetcher gives
useCachedQuery(["film"], () => film, { initialData: "film" });
expectTypeOf(useCachedQuery(["film"], skipToken).data).toEqualTypeOf<unknown>();

// A factory's key knows its data, in hooks and in the client.
const filmOptions = (of: number) =>
  queryOptions({ queryKey: ["film", of], fetcher: () => Promise.resolve(film), staleTime: 5 });
expectTypeOf(useCachedQuery(filmOptions(1)).data).toEqualTypeOf<Film | undefined>();
expectTypeOf(client.getQueryData(filmOptions(1).queryKey)).toEqualTypeOf<Film | undefined>();
expectTypeOf(client.fetchQuery(filmOptions(1))).resolves.toEqualTypeOf<Film>();
client.setQueryData(filmOptions(1).queryKey, (old) => {
  expectTypeOf(old).toEqualTypeOf<Film | undefined>();
  return old;
});
// @ts-expect-error other data than the key has
client.setQueryData(filmOptions(1).queryKey, 5);

// A list of queries gives a tuple, whatever they are.
const [one, two] = useCachedQueries({ queries: [filmOptions(1), queryOptions({ queryKey: ["n"], fetcher: () => 1 })] });
expectTypeOf(one.data).toEqualTypeOf<Film | undefined>();
expectTypeOf(two.data).toEqualTypeOf<number | undefined>();
expectTypeOf(
  useCachedQueries({ queries: [filmOptions(1)], combine: (results) => results.map(({ data: each }) => each?.title) }),
).toEqualTypeOf<(string | undefined)[]>();

expectTypeOf(
  useCachedQueries({ queries: [1, 2].map((of) => ({ queryKey: ["film", of], fetcher: () => film })) })[0]?.data,
).toEqualTypeOf<Film | undefined>();
expectTypeOf(
  useCachedQueries({ queries: [queryOptions({ queryKey: ["f"], fetcher: () => film, select: (f) => f.title })] })[0]
    .data,
).toEqualTypeOf<string | undefined>();

// Pages know what they are loaded with.
const list = useCachedInfiniteQuery(["films"], (_key, { pageParam }) => [film, pageParam] as const, {
  initialPageParam: 0,
  getNextPageParam: (page, pages, param) => {
    expectTypeOf(page).toEqualTypeOf<readonly [Film, number]>();
    return param + pages.length;
  },
});
expectTypeOf(list.data?.pages[0]?.[0]).toEqualTypeOf<Film | undefined>();
expectTypeOf(list.data?.pageParams).toEqualTypeOf<readonly number[] | undefined>();

expectTypeOf(
  useCachedInfiniteQuery(["films"], () => film, {
    initialPageParam: 0,
    getNextPageParam: () => undefined,
    suspense: true,
  }).data.pages,
).toEqualTypeOf<readonly Film[]>();
const listOptions = infiniteQueryOptions({
  queryKey: ["films"],
  fetcher: (_key, { pageParam }) => [film, pageParam] as const,
  initialPageParam: 0,
  getNextPageParam: () => undefined,
});
const suspending = infiniteQueryOptions({
  queryKey: ["films"],
  fetcher: () => film,
  initialPageParam: 0,
  getNextPageParam: () => undefined,
  suspense: true,
});
const maybe = useCachedInfiniteQuery(["films"], Math.random() > 0.5 ? () => film : skipToken, {
  initialPageParam: 0,
  getNextPageParam: () => 1,
});
expectTypeOf(maybe.data?.pages).toEqualTypeOf<readonly Film[] | undefined>();
expectTypeOf(
  useCachedInfiniteQuery({
    queryKey: ["films"],
    fetcher: Math.random() > 0.5 ? () => film : skipToken,
    initialPageParam: 0,
    getNextPageParam: () => 1,
  }).data?.pages,
).toEqualTypeOf<readonly Film[] | undefined>();
expectTypeOf(useCachedInfiniteQuery(suspending).data.pages).toEqualTypeOf<readonly Film[]>();
expectTypeOf(useCachedInfiniteQuery({ ...listOptions, queryKey: null }).data).toExtend<object | undefined>();
expectTypeOf(useCachedInfiniteQuery(listOptions).data?.pages[0]?.[0]).toEqualTypeOf<Film | undefined>();
expectTypeOf(client.getQueryData(listOptions.queryKey)).toEqualTypeOf<
  Pages<readonly [Film, number], number> | undefined
>();

// An optimistic change knows the data by the key, or is told.
void mutateQuery(client, filmOptions(1).queryKey, Promise.resolve(film), {
  optimisticData: (committed) => {
    expectTypeOf(committed).toEqualTypeOf<Film | undefined>();
    return film;
  },
});
void mutateQuery<Film[]>(client, ["all"], Promise.resolve([film]), { optimisticData: (all = []) => [...all, film] });

// The callbacks of a client's mutations get the client.
new QueryClient({
  defaultOptions: {
    mutations: { onError: (_error, _variables, _context, call) => void call.client.invalidateQueries() },
  },
});

// A state has the type of its initial value.
const [count, setCount] = useCachedState(["count"], 1);
expectTypeOf(count).toEqualTypeOf<number>();
setCount((before) => before + 1);
// @ts-expect-error another type
setCount("1");

// A source gives what it is told.
expectTypeOf(useCachedSubscription<number>("price", (_key, { next }) => next(1)).data).toEqualTypeOf<
  number | undefined
>();
