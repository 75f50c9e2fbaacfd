// Checked by the compiler: what the calls of other libraries are, as they stand, and what their types say here.
import {
  type Fetcher,
  infiniteQueryOptions,
  type KeyedQueryOptions,
  type PageFetcher,
  type Pages,
  QueryClient,
  type QueryKey,
  queryOptions,
  type QueryOptions,
  skipToken,
} from "macho-cache/query";
import { useCachedInfiniteQuery, useCachedQuery, usePrefetchQuery } from "macho-cache/react";
import { expectTypeOf } from "vitest";

interface Film {
  title: string;
}
declare const film: Film;
declare const load: () => Promise<Film>;
declare const loadUrl: (url: string) => Promise<Film>;
declare const loadFilm: (key: readonly ["film", number]) => Promise<Film>;
declare const loadAnything: (
  key: readonly unknown[] | string,
  asked: { readonly signal: AbortSignal },
) => Promise<Film>;
declare const loadPage: (key: readonly string[], asked: { readonly pageParam: number }) => Promise<Film>;
declare const isOpen: boolean;
declare const id: number | undefined;
const client = new QueryClient();
type Shown = Film | undefined;

// One type, beside a fetcher: what it gives. The fetcher may take any key then.
expectTypeOf(useCachedQuery<Film>(["film", 1], load).data).toEqualTypeOf<Shown>();
expectTypeOf(useCachedQuery<Film>(["film", 1], loadFilm, { staleTime: 5 }).data).toEqualTypeOf<Shown>();
expectTypeOf(useCachedQuery<Film>("/api/films/1", loadUrl).data).toEqualTypeOf<Shown>();
expectTypeOf(useCachedQuery<Film>(["film", 1], loadAnything).data).toEqualTypeOf<Shown>();
expectTypeOf(useCachedQuery<Film>(["film", 1], ([, of]) => load().then(() => of)).data).toEqualTypeOf<Shown>();
expectTypeOf(useCachedQuery<Film>(id !== undefined && ["film", id], load).data).toEqualTypeOf<Shown>();
expectTypeOf(useCachedQuery<Film>(["film", 1], isOpen ? load : skipToken).data).toEqualTypeOf<Shown>();
expectTypeOf(useCachedQuery<Film>(["film", 1], load, { suspense: true }).data).toEqualTypeOf<Film>();
expectTypeOf(useCachedQuery<Film>({ queryKey: ["film", 1], fetcher: loadFilm }).data).toEqualTypeOf<Shown>();
expectTypeOf(useCachedQuery<Film>({ queryKey: ["film"], fetcher: load, suspense: true }).data).toEqualTypeOf<Film>();
expectTypeOf(useCachedQuery<Film | null>({ queryKey: ["film"], fetcher: load }).data).toEqualTypeOf<Shown | null>();
// @ts-expect-error other data than it says
useCachedQuery<Film>(["film"], () => 5);
// @ts-expect-error other data than it says, in an object
useCachedQuery<Film>({ queryKey: ["film"], fetcher: () => 5 });
// @ts-expect-error a key is a string or an array
useCachedQuery<Film>(5, load);
// @ts-expect-error a key is a string or an array, in an object too
useCachedQuery<Film>({ queryKey: 5, fetcher: load });
// @ts-expect-error a type of errors is none of data, nor of keys
useCachedQuery<Film, Error>(["film"], load);
// @ts-expect-error nor is it without a fetcher
useCachedQuery<Film, Error>(["film"]);
// @ts-expect-error a fetcher that wants another key than the one that is written
useCachedQuery(["film", "one"], loadFilm);

expectTypeOf(client.fetchQuery<Film>(["film", 1], loadFilm)).resolves.toEqualTypeOf<Film>();
expectTypeOf(client.fetchQuery<Film>({ queryKey: ["film", 1], fetcher: loadFilm })).resolves.toEqualTypeOf<Film>();
expectTypeOf(client.fetchQuery<Film>("/api/films/1")).resolves.toEqualTypeOf<Film>();
expectTypeOf(client.ensureQueryData<Film>(["film", 1], load)).resolves.toEqualTypeOf<Film>();
expectTypeOf(client.ensureQueryData<Film>({ queryKey: "a", fetcher: loadUrl })).resolves.toEqualTypeOf<Film>();
void client.prefetchQuery<Film>(["film", 1], loadFilm);
void client.prefetchQuery<Film>({ queryKey: ["film", 1], fetcher: loadFilm });
usePrefetchQuery<Film>(["film", 1], loadFilm);
usePrefetchQuery<Film>({ queryKey: ["film", 1], fetcher: loadFilm });
expectTypeOf(client.observe<Film>("a", loadUrl).getResult().data).toEqualTypeOf<Shown>();
// @ts-expect-error other data than it says
void client.fetchQuery<Film>(["film"], () => 5);

const pages = { initialPageParam: 0, getNextPageParam: () => undefined };
type List = readonly Film[] | undefined;
expectTypeOf(useCachedInfiniteQuery<Film>(["films"], loadPage, pages).data?.pages).toEqualTypeOf<List>();
expectTypeOf(
  useCachedInfiniteQuery<Film>({ queryKey: ["films"], fetcher: loadPage, ...pages }).data?.pages,
).toEqualTypeOf<List>();
expectTypeOf(useCachedInfiniteQuery<Film>(["films"], loadPage, { ...pages, suspense: true }).data.pages).toEqualTypeOf<
  readonly Film[]
>();

// In options, one type leaves the key as it is known to be: a key.
const typed = queryOptions<Film>({ queryKey: ["film", 1], fetcher: loadFilm });
expectTypeOf(client.getQueryData(typed.queryKey)).toEqualTypeOf<Shown>();
expectTypeOf(useCachedQuery(typed).data).toEqualTypeOf<Shown>();

// `null` is data like any other.
const maybe = queryOptions({ queryKey: ["film", 1], fetcher: (): Promise<Film | null> => Promise.resolve(null) });
expectTypeOf(client.getQueryData(maybe.queryKey)).toEqualTypeOf<Film | null | undefined>();
expectTypeOf(client.setQueryData(maybe.queryKey, null)).toEqualTypeOf<Film | null | undefined>();
client.setQueryData(maybe.queryKey, (old) => {
  expectTypeOf(old).toEqualTypeOf<Film | null | undefined>();
  return old ?? null;
});

// Options that leave a hook free to load may suspend where they are used.
const filmOptions = (of: number) => queryOptions({ queryKey: ["film", of], fetcher: load, staleTime: 5 });
expectTypeOf(useCachedQuery({ ...filmOptions(1), suspense: true }).data).toEqualTypeOf<Film>();
expectTypeOf(
  useCachedQuery({ ...filmOptions(1), suspense: true, select: ({ title }) => title }).data,
).toEqualTypeOf<string>();
expectTypeOf(useCachedQuery({ ...maybe, suspense: true }).data).toEqualTypeOf<Film | null>();
expectTypeOf(useCachedQuery({ ...filmOptions(1), suspense: isOpen }).data).toEqualTypeOf<Shown>();
expectTypeOf(useCachedQuery({ ...filmOptions(1), enabled: isOpen }).data).toEqualTypeOf<Shown>();
expectTypeOf(useCachedQuery({ ...filmOptions(1), suspense: true, enabled: isOpen }).data).toEqualTypeOf<Shown>();
expectTypeOf(useCachedQuery({ ...filmOptions(1), queryKey: null }).data).toEqualTypeOf<Shown>();
const named = queryOptions({ queryKey: ["film"], fetcher: load, select: ({ title }) => title });
expectTypeOf(useCachedQuery(named).data).toEqualTypeOf<string | undefined>();
expectTypeOf(useCachedQuery({ ...named, suspense: true }).data).toEqualTypeOf<string>();
// Others do not: where something keeps it from loading, there may be nothing to show.
const disabled = queryOptions({ queryKey: ["film"], fetcher: load, enabled: isOpen });
expectTypeOf(useCachedQuery({ ...disabled, suspense: true }).data).toEqualTypeOf<Shown>();
const skipped = queryOptions({ queryKey: ["film"], fetcher: isOpen ? load : skipToken });
expectTypeOf(useCachedQuery({ ...skipped, suspense: true }).data).toEqualTypeOf<Shown>();
const quiet = queryOptions({ queryKey: ["film"], fetcher: load, throwOnError: () => false });
expectTypeOf(useCachedQuery({ ...quiet, suspense: true }).data).toEqualTypeOf<Shown>();
const listOptions = infiniteQueryOptions({ queryKey: ["films"], fetcher: loadPage, ...pages });
expectTypeOf(useCachedInfiniteQuery(listOptions).data?.pages).toEqualTypeOf<List>();
expectTypeOf(useCachedInfiniteQuery({ ...listOptions, suspense: true }).data.pages).toEqualTypeOf<readonly Film[]>();
const closed = infiniteQueryOptions({ queryKey: ["films"], fetcher: loadPage, ...pages, enabled: isOpen });
expectTypeOf(useCachedInfiniteQuery({ ...closed, suspense: true }).data?.pages).toEqualTypeOf<List>();

// What a key knows of its data, its state and the functions of its options know as well.
expectTypeOf(client.getQueryState(filmOptions(1).queryKey)?.data).toEqualTypeOf<Shown>();
expectTypeOf(client.getQueryState(maybe.queryKey)?.data).toEqualTypeOf<Film | null | undefined>();
expectTypeOf(client.getQueryState(listOptions.queryKey)?.data).toEqualTypeOf<Pages<Film, number> | undefined>();
expectTypeOf(client.getQueryState<Film>(["film", 1])?.data).toEqualTypeOf<Shown>();
expectTypeOf(client.getQueryState(["film", 1])?.data).toEqualTypeOf<unknown>();
useCachedQuery(["film", 1], load, {
  enabled: ({ data }) => data?.title !== "",
  staleTime: ({ data }) => (data?.title === "Ran" ? "static" : 5),
  refetchInterval: ({ data }) => {
    expectTypeOf(data).toEqualTypeOf<Shown>();
    return data === undefined && 2_000;
  },
  refetchOnMount: ({ data }) => data?.title === "Ran",
  refetchOnWindowFocus: ({ data }) => data?.title === "Ran",
  refetchOnReconnect: ({ data }) => data?.title === "Ran" && "always",
  throwOnError: (_error, { data }) => data?.title === "Ran",
  placeholderData: (before, query) => before ?? query?.data,
});
useCachedQuery({
  queryKey: ["film", 1],
  fetcher: ([, of]) => load().then(({ title }) => ({ title, of })),
  refetchInterval: ({ data }) => data?.of === 1 && 2_000,
});
useCachedInfiniteQuery(["films"], loadPage, {
  ...pages,
  refetchInterval: ({ data }) => data?.pages[0]?.title === "Ran" && 2_000,
});
// Options with no data of their own take it as it comes.
new QueryClient({ defaultOptions: { queries: { enabled: ({ data }) => data !== film } } });

// Hooks of one's own around these pass types on.
const useMine = <T, const K extends QueryKey>(key: K, fetcher: Fetcher<T, K>, options?: QueryOptions<T>) =>
  useCachedQuery(key, fetcher, { staleTime: 5, ...options });
expectTypeOf(useMine(["film", 1], loadFilm).data).toEqualTypeOf<Shown>();
const useOptions = <T, const K extends QueryKey>(options: KeyedQueryOptions<T, K>) => useCachedQuery(options);
expectTypeOf(useOptions({ queryKey: ["film", 1], fetcher: loadFilm }).data).toEqualTypeOf<Shown>();
expectTypeOf(useOptions(filmOptions(1)).data).toEqualTypeOf<Shown>();
const loadAny = <T, const K extends QueryKey>(key: K, fetcher: Fetcher<T, K>) => client.fetchQuery(key, fetcher);
expectTypeOf(loadAny(["film", 1], loadFilm)).resolves.toEqualTypeOf<Film>();
const useList = <T, const K extends QueryKey>(key: K, fetchPage: PageFetcher<T, K, number>) =>
  useCachedInfiniteQuery(key, fetchPage, { initialPageParam: 0, getNextPageParam: () => 1 });
expectTypeOf(useList(["films"], loadPage).data?.pages).toEqualTypeOf<List>();
const factory = <T, const K extends QueryKey>(key: K, fetcher: Fetcher<T, K>) =>
  queryOptions({ queryKey: key, fetcher });
expectTypeOf(client.getQueryData(factory(["film", 1], loadFilm).queryKey)).toEqualTypeOf<Shown>();
// A call gives what the fetcher does, whatever a hook selects of it.
expectTypeOf(client.fetchQuery(named)).resolves.toEqualTypeOf<Film>();
void client.prefetchQuery(named);
usePrefetchQuery(named);
usePrefetchQuery(["film", 1], load, { select: ({ title }: Film) => title });
