import { infiniteQuery, InfiniteQueryObserver, QueryClient } from "macho-cache/query";
import { beforeEach, expect, test } from "vitest";
import { Backend } from "../support/backend.ts";
import { settled } from "../support/deferred.ts";
import { ManualClock } from "../support/manual-clock.ts";

const KEY = ["list"];
const LAST = 2;
let clock: ManualClock;
let backend: Backend;
let client: QueryClient;
let list: InfiniteQueryObserver<{ pages: unknown[] }>;

beforeEach(async () => {
  clock = new ManualClock();
  backend = new Backend();
  client = new QueryClient({ cache: { clock }, defaultOptions: { queries: { retry: false } } });
  client.mount();
  const { fetcher } = infiniteQuery({
    queryKey: KEY,
    fetcher: (key, { pageParam, signal }) => backend.fetcher([...key, pageParam], { signal } as never),
    initialPageParam: 0,
    getNextPageParam: (_page, _pages, pageParam: number) => (pageParam < LAST ? pageParam + 1 : undefined),
  });
  const target = { key: KEY, hash: '["list"]' };
  list = client.watch("test", target, fetcher, { staleTime: 100 }, InfiniteQueryObserver<{ pages: unknown[] }>);
  list.subscribe(() => undefined);
  await settled();
  await backend.answer(0, "page 0");
});

test("one page more does not make an invalidated list fresh, and a reload does", async () => {
  await client.invalidateQueries(KEY, { refetchType: "none" });
  const more = list.getResult().fetchNextPage();
  await settled();
  await backend.answer(1, "page 1");
  expect(await more).toMatchObject({ data: { pages: ["page 0", "page 1"] }, isStale: true });
  const all = list.refetch();
  for (const place of [2, 3]) {
    // oxlint-disable-next-line no-await-in-loop
    await settled();
    // oxlint-disable-next-line no-await-in-loop
    await backend.answer(place, place);
  }
  expect(await all).toMatchObject({ data: { pages: [2, 3] }, isStale: false });
});

test("nor is a list that was loaded long ago", async () => {
  clock.advance(60);
  const more = list.getResult().fetchNextPage();
  await settled();
  await backend.answer(1, "page 1");
  expect((await more).isStale).toBe(false);
  clock.advance(40);
  expect(list.getResult().isStale).toBe(true);
});

test("where there is no page after it nothing is loaded, and a load under way goes on", async () => {
  for (const place of [1, 2]) {
    const more = list.getResult().fetchNextPage();
    // oxlint-disable-next-line no-await-in-loop
    await settled();
    // oxlint-disable-next-line no-await-in-loop
    await backend.answer(place, `page ${place}`);
    // oxlint-disable-next-line no-await-in-loop
    await more;
  }
  void list.refetch();
  await settled();
  expect(await list.getResult().fetchNextPage()).toMatchObject({ hasNextPage: false, isFetching: true });
  expect([backend.count, backend.requests[3]?.signal?.aborted]).toEqual([4, false]);
});
