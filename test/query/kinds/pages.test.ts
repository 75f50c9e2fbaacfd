import { infiniteQuery, InfiniteQueryObserver, streamedQuery } from "macho-cache/query";
import { beforeEach, describe, expect, test } from "vitest";
import { deferred, settled } from "../../support/deferred.ts";
import { backend, client, clock, inQueryWorld, page, watch } from "../../support/query-world.ts";

const KEY = ["list"];
const LAST = 2;
type List = InfiniteQueryObserver<{ pages: unknown[] }>;
let list: List;
let leave: () => void;
let answered: number;

inQueryWorld({ queries: { retry: false } });

beforeEach(async () => {
  answered = 1;
  list = listOf();
  leave = list.subscribe(() => undefined);
  await settled();
  await backend.answer(0, "page 0");
});

interface ListOptions {
  isDeaf?: boolean;
  initialPages?: number;
}

/** @param isDeaf whether its fetcher never reads the signal */
function listOf({ isDeaf = false, initialPages }: ListOptions = {}): List {
  const { fetcher } = infiniteQuery({
    queryKey: KEY,
    fetcher: (key, context) => {
      const { pageParam, direction } = context;
      return backend[isDeaf ? "deaf" : "fetcher"]([...key, pageParam, direction], context);
    },
    initialPageParam: 0,
    getNextPageParam: (_page, _pages, pageParam: number) => (pageParam < LAST ? pageParam + 1 : undefined),
    getPreviousPageParam: (_page, _pages, pageParam: number) => (pageParam > -LAST ? pageParam - 1 : undefined),
    initialPages,
  });
  const target = { key: KEY, hash: '["list"]' };
  return client.watch("test", target, fetcher, { staleTime: 100 }, InfiniteQueryObserver<{ pages: unknown[] }>);
}

/** Answers the requests that come, each with its page's number, until none is left. */
async function answerAll(prefix: string): Promise<void> {
  await settled();
  for (; answered < backend.count; answered++) {
    // oxlint-disable-next-line no-await-in-loop
    await backend.answer(answered, `${prefix} ${String(backend.requests[answered]?.key[1])}`);
    // oxlint-disable-next-line no-await-in-loop
    await settled();
  }
}

const pages = (): unknown => client.getQueryData<{ pages: unknown[] }>(KEY)?.pages;

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

test("one page more does not make a list fresh that was loaded long ago", async () => {
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

describe("a list that is left in the middle", () => {
  async function three(): Promise<void> {
    await list.getResult().fetchNextPage({ cancelRefetch: false, throwOnError: true });
    await list.getResult().fetchNextPage();
  }

  test.each([true, false])("80. of a refetch keeps all of its pages; deaf fetcher: %s", async (isDeaf) => {
    leave();
    clock.advance(1);
    list = listOf({ isDeaf });
    leave = list.subscribe(() => undefined);
    const all = three();
    await answerAll("old");
    await answerAll("old");
    await all;
    expect(pages()).toEqual(["page 0", "old 1", "old 2"]);
    void list.refetch();
    await settled();
    await backend.answer(answered++, "new 0");
    leave();
    clock.advance(1);
    await settled();
    await answerAll("late");
    expect(pages()).toEqual(["page 0", "old 1", "old 2"]);
    expect(client.isFetching()).toBe(0);
  });

  test("loads no further page", async () => {
    const all = three();
    await answerAll("old");
    await answerAll("old");
    await all;
    const deaf = listOf({ isDeaf: true });
    const leaveDeaf = deaf.subscribe(() => undefined);
    void deaf.refetch();
    await settled();
    leave();
    leaveDeaf();
    clock.advance(1);
    await answerAll("new");
    expect([pages(), backend.count, client.isFetching()]).toEqual([["page 0", "old 1", "old 2"], 4, 0]);
  });

  test("of its first load has none", async () => {
    leave();
    client.clear();
    clock.advance(1);
    list = listOf({ isDeaf: true, initialPages: 3 });
    leave = list.subscribe(() => undefined);
    await settled();
    leave();
    clock.advance(1);
    await answerAll("new");
    expect([pages(), backend.count, client.isFetching()]).toEqual([undefined, 2, 0]);
  });

  test("goes on for one that comes in time", async () => {
    const all = three();
    await answerAll("old");
    await answerAll("old");
    await all;
    const deaf = listOf({ isDeaf: true });
    const leaveDeaf = deaf.subscribe(() => undefined);
    void deaf.refetch();
    await settled();
    leave();
    leaveDeaf();
    clock.advance(1);
    leave = list.subscribe(() => undefined);
    await answerAll("new");
    expect(pages()).toEqual(["new 0", "new 1", "new 2"]);
  });
});

describe("fetchNextPage", () => {
  test("81. during the first load adds a page once that has ended", async () => {
    client.clear();
    await settled();
    const more = list.getResult().fetchNextPage();
    await answerAll("new");
    expect(await more).toMatchObject({ data: { pages: ["new 0", "new 1"] }, isFetching: false });
  });

  test("during a first load that fails adds nothing, and says so", async () => {
    client.clear();
    await settled();
    const more = list.getResult().fetchNextPage({ throwOnError: true });
    const error = new Error("no");
    await backend.fail(1, error);
    await expect(more).rejects.toBe(error);
    expect(backend.count).toBe(2);
  });

  test("81. twice at once loads one page and adds it, for both", async () => {
    const calls = [list.getResult().fetchNextPage(), list.getResult().fetchNextPage()];
    await answerAll("new");
    const [one, other] = await Promise.all(calls);
    expect(one?.data?.pages).toEqual(["page 0", "new 1"]);
    expect(other).toBe(one);
    expect([backend.count, backend.requests[1]?.signal?.aborted]).toEqual([2, false]);
  });

  test("twice at once during a first load does so as well", async () => {
    client.clear();
    await settled();
    const calls = [list.getResult().fetchNextPage(), list.getResult().fetchNextPage()];
    await answerAll("new");
    await Promise.all(calls);
    expect([pages(), backend.count]).toEqual([["new 0", "new 1"], 3]);
  });

  test("takes the place of a page for the other end, and of a refetch", async () => {
    void list.getResult().fetchPreviousPage();
    await settled();
    const more = list.getResult().fetchNextPage();
    await settled();
    expect(backend.requests.map(({ signal }) => signal?.aborted)).toEqual([false, true, false]);
    await backend.answer(2, "next");
    await more;
    void list.refetch();
    await settled();
    void list.getResult().fetchNextPage();
    await settled();
    expect(backend.requests.map(({ signal }) => signal?.aborted)).toEqual([false, true, false, true, false]);
  });

  test("of a hook that is not subscribed does not take a refetch for its page", async () => {
    const silent = listOf();
    void list.refetch();
    await settled();
    const more = silent.getResult().fetchNextPage();
    await settled();
    await backend.answer(2, "next");
    expect((await more).data?.pages).toEqual(["page 0", "next"]);
  });

  test("while there is no network resolves, and the page comes when it is back", async () => {
    page.goOffline();
    expect(await list.getResult().fetchNextPage()).toMatchObject({ isPaused: true, data: { pages: ["page 0"] } });
    page.goOnline();
    await answerAll("new");
    expect(pages()).toEqual(["page 0", "new 1"]);
  });
});

test("80. a stream that is left in the middle is no answer: it is loaded again by whoever comes back", async () => {
  const part = deferred<string>();
  let opened = 0;
  const fetcher = streamedQuery({
    async *stream() {
      opened++;
      yield "first";
      yield part.promise;
      yield "last";
    },
  });
  const text = watch("text", { staleTime: Infinity }, fetcher);
  await settled();
  text.leave();
  clock.advance(1);
  part.resolve("second");
  await settled();
  expect(client.getQueryState("text")).toMatchObject({ data: ["first"], isInvalidated: true, fetchStatus: "idle" });
  const back = watch("text", { staleTime: Infinity }, fetcher);
  await settled();
  expect([back.data, opened]).toEqual([["first", "second", "last"], 2]);
});
