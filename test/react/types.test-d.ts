// Checked by the compiler: what is inferred, and what must not compile.
import { Cache } from "macho-cache";
import { QueryClient, type QueryResult } from "macho-cache/query";
import { useCachedQuery } from "macho-cache/react";
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
