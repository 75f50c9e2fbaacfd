// What does not compile, each below what the compiler must say of it: the word that it points at, and a part of its message.
import {
  type MachoProviderProps,
  useCachedInfiniteQuery,
  useCachedQueries,
  useCachedQuery,
  usePrefetchQuery,
  useCachedMutation,
  useCachedSubscription,
} from "macho-cache/react";
import { persist, shareAcrossTabs } from "macho-cache/persist";
import { QueryClient, queryOptions, infiniteQueryOptions } from "macho-cache/query";

interface Film {
  title: string;
}
declare const loadFilm: (key: readonly ["film", number]) => Promise<Film>;
declare const loadPage: (key: readonly string[], asked: { readonly pageParam: number }) => Promise<Film[]>;
declare const id: number;
const client = new QueryClient();

export function KeyAndFetcher() {
  // expect staleTime: Type '"5"' is not assignable
  useCachedQuery(["film", id], loadFilm, { staleTime: "5" });
  // expect staleTme: Did you mean to write 'staleTime'?
  useCachedQuery(["film", id], loadFilm, { staleTme: 5 });
  // expect enabled: Type 'string' is not assignable
  useCachedQuery(["film", id], loadFilm, { enabled: "yes" });
  // expect staleTime: Type '"5"' is not assignable
  useCachedQuery(["film", id], loadFilm, { suspense: true, staleTime: "5" });
  // expect count: 'count' does not exist
  useCachedQuery(["film", id], loadFilm, { retry: { count: 3 } });
  // expect loadFilm: Type 'string' is not assignable to type 'number'.
  useCachedQuery(["film", "one"], loadFilm);
  // expect titel: Property 'titel' does not exist on type 'Film'. Did you mean 'title'?
  useCachedQuery(["film", id], loadFilm, { select: (film) => film.titel });
  // expect initialData: Type 'string' is not assignable
  useCachedQuery(["film", id], loadFilm, { initialData: "film" });
  // expect 5: Argument of type '5' is not assignable
  useCachedQuery(5, loadFilm);
  // expect loadFilm: Argument of type 'Promise<Film>' is not assignable
  useCachedQuery(["film", id], loadFilm(["film", id]));
}

export function Options() {
  // expect staleTime: Type '"5"' is not assignable
  useCachedQuery({ queryKey: ["film", id], fetcher: loadFilm, staleTime: "5" });
  // expect staleTme: Did you mean to write 'staleTime'?
  useCachedQuery({ queryKey: ["film", id], fetcher: loadFilm, staleTme: 5 });
  // expect queryFn: 'queryFn' does not exist
  useCachedQuery({ queryKey: ["film", id], queryFn: loadFilm });
  // expect queryFn: 'queryFn' does not exist
  useCachedQuery({ queryKey: ["film", id], queryFn: loadFilm, staleTime: 5 });
  // expect fetcher: Type 'string' is not assignable to type 'number'.
  useCachedQuery({ queryKey: ["film", "one"], fetcher: loadFilm });
  // expect staleTime: Type '"5"' is not assignable
  useCachedQuery({ queryKey: ["film", id], fetcher: loadFilm, suspense: true, staleTime: "5" });
  // expect staleTme: Did you mean to write 'staleTime'?
  useCachedQuery({ queryKey: ["film", id], fetcher: loadFilm, suspense: true, staleTme: 5 });
  // expect gcTime: 'gcTime' does not exist
  useCachedQuery({ queryKey: ["film", id], fetcher: loadFilm, gcTime: 5 });
  // expect staleTime: Type '"5"' is not assignable
  useCachedQuery({ queryKey: ["film", id], staleTime: "5" });
  // expect queryKey: Type 'number' is not assignable
  useCachedQuery({ queryKey: 5, fetcher: loadFilm });
  // expect {: Property 'queryKey' is missing
  useCachedQuery({ fetcher: loadFilm });
  // expect titel: Property 'titel' does not exist on type 'Film'. Did you mean 'title'?
  useCachedQuery({ queryKey: ["film", id], fetcher: loadFilm, select: (film) => film.titel });
  // expect initialData: Type 'string' is not assignable
  useCachedQuery({ queryKey: ["film", id], fetcher: loadFilm, initialData: "film" });
}

export function Lists() {
  // expect staleTime: Type '"5"' is not assignable
  useCachedInfiniteQuery(["films"], loadPage, { initialPageParam: 0, getNextPageParam: () => 1, staleTime: "5" });
  // expect {: Property 'getNextPageParam' is missing
  useCachedInfiniteQuery(["films"], loadPage, { initialPageParam: 0 });
  // expect staleTme: Did you mean to write 'staleTime'?
  useCachedInfiniteQuery({
    queryKey: ["films"],
    fetcher: loadPage,
    initialPageParam: 0,
    getNextPageParam: () => 1,
    staleTme: "5",
  });
  // expect staleTime: Type '"5"' is not assignable
  useCachedInfiniteQuery({
    queryKey: ["films"],
    fetcher: loadPage,
    initialPageParam: 0,
    getNextPageParam: () => 1,
    staleTime: "5",
  });
  // expect staleTime: Type '"5"' is not assignable
  useCachedQueries({ queries: [{ queryKey: ["film", id], fetcher: loadFilm, staleTime: "5" }] });
  // expect staleTime: Type '"5"' is not assignable
  usePrefetchQuery({ queryKey: ["film", id], fetcher: loadFilm, staleTime: "5" });
  // expect staleTime: Type '"5"' is not assignable
  usePrefetchQuery(["film", id], loadFilm, { staleTime: "5" });
  // expect staleTime: 'staleTime' does not exist
  useCachedSubscription("price", (_key, { next }) => next(1), { staleTime: 5 });
}

// expect staleTime: Type '"5"' is not assignable
export const film = queryOptions({ queryKey: ["film", id], fetcher: loadFilm, staleTime: "5" });
// expect staleTme: Did you mean to write 'staleTime'?
export const film2 = queryOptions({ queryKey: ["film", id], fetcher: loadFilm, staleTme: 5 });
// expect queryFn: 'queryFn' does not exist
export const film3 = queryOptions({ queryKey: ["film", id], queryFn: loadFilm });
// expect staleTime: Type '"5"' is not assignable
export const film4 = queryOptions({ queryKey: ["film", id], fetcher: loadFilm, suspense: true, staleTime: "5" });
// expect staleTime: Type '"5"' is not assignable
export const films = infiniteQueryOptions({
  queryKey: ["films"],
  fetcher: loadPage,
  initialPageParam: 0,
  getNextPageParam: () => 1,
  staleTime: "5",
});

export function Mutations() {
  // expect onSucces: Did you mean to write 'onSuccess'?
  useCachedMutation({ mutationFn: () => loadFilm(["film", id]), onSucces: () => undefined });
  // expect retry: Type 'string' is not assignable
  useCachedMutation({ mutationFn: () => loadFilm(["film", id]), retry: "3" });
  const { mutate } = useCachedMutation({ mutationFn: (title: string) => Promise.resolve(title) });
  // expect 5: Argument of type 'number' is not assignable
  mutate(5);
}

export async function calls() {
  // expect staleTime: Type '"5"' is not assignable
  await client.fetchQuery(["film", id], loadFilm, { staleTime: "5" });
  // expect staleTime: Type '"5"' is not assignable
  await client.fetchQuery({ queryKey: ["film", id], fetcher: loadFilm, staleTime: "5" });
  // expect queryFn: 'queryFn' does not exist
  await client.fetchQuery({ queryKey: ["film", id], queryFn: loadFilm });
  // expect staleTime: Type '"5"' is not assignable
  await client.prefetchQuery({ queryKey: ["film", id], fetcher: loadFilm, staleTime: "5" });
  // expect key: 'key' does not exist
  await client.invalidateQueries({ key: ["film"] });
  // expect gcTime: 'gcTime' does not exist
  new QueryClient({ defaultOptions: { queries: { gcTime: 5 } } });
  // expect maxSize: 'maxSize' does not exist
  new QueryClient({ cache: { maxSize: 5 } });
}
export function persistence() {
  // expect {: Property 'scope' is missing
  persist(client, { buster: "2" });
  // expect scop: Did you mean to write 'scope'?
  persist(client, { scop: "ada" });
  // expect scope: Type 'number' is not assignable
  persist(client, { scope: 5 });
  // expect ttl: 'ttl' does not exist
  persist(client, { scope: "ada", ttl: 5 });
  // expect storage: Type 'Storage' is missing
  persist(client, { scope: "ada", storage: localStorage });
  // expect {: Property 'scope' is missing
  shareAcrossTabs(client, { lock: true });
}
// expect queryClient: 'queryClient' does not exist
export const props: MachoProviderProps = { queryClient: client };
