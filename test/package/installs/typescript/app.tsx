// What a user writes, and what must be inferred: declarations that cannot be read are `any`, which fits everywhere.
import { Cache, type CacheOptions } from "macho-cache";
import { s3fifo } from "macho-cache/policies";
import { infiniteQueryOptions, QueryClient, queryOptions } from "macho-cache/query";
import { useCachedInfiniteQuery, useCachedMutation, useCachedQueries, useCachedQuery } from "macho-cache/react";
import { MachoDevtools } from "macho-cache/devtools";
import { mountDevtools } from "macho-cache/devtools/mount";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(isSame: Same<A, B>): boolean => isSame;
interface Film {
  title: string;
}
declare function load(key: readonly ["film", number]): Promise<Film>;
declare function loadPage(key: readonly string[], asked: { pageParam: number }): Promise<Film>;

const client = new QueryClient();
const options = queryOptions({ queryKey: ["film", 1], fetcher: load });
const { data: known } = client.getQueryState(options.queryKey)!;
same<typeof known, Film | undefined>(true);
const limits: CacheOptions<string, Film> = { maxCacheSize: 5, strategy: s3fifo() };
const one = new Cache<string, Film>(limits).get("a");
same<typeof one, Film | undefined>(true);

export function App() {
  const { data } = useCachedQuery(["film", 1], load);
  same<typeof data, Film | undefined>(true);
  const { data: told } = useCachedQuery<Film>("/films/1", async (url: string) => (await fetch(url)).json());
  same<typeof told, Film | undefined>(true);
  const { data: title } = useCachedQuery({ ...options, suspense: true, select: (film) => film.title });
  same<typeof title, string>(true);
  const [first] = useCachedQueries({ queries: [options] });
  same<typeof first.data, Film | undefined>(true);
  const list = infiniteQueryOptions({
    queryKey: ["films"],
    fetcher: loadPage,
    initialPageParam: 0,
    getNextPageParam: () => undefined,
  });
  const { pages } = useCachedInfiniteQuery({ ...list, suspense: true }).data;
  same<typeof pages, readonly Film[]>(true);
  const { mutate } = useCachedMutation({ mutationFn: (name: string) => load(["film", name.length]) });
  same<Parameters<typeof mutate>[0], string>(true);
  // @ts-expect-error another key than the fetcher takes
  useCachedQuery(["film", "1"], load);
  // @ts-expect-error an option that does not exist
  useCachedQuery(["film", 1], load, { stale: 5 });
  return <MachoDevtools />;
}
mountDevtools(client)();
