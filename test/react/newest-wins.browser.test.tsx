// While rendering, a function among the options is this render's; outside of a render it is the newest commit's.
import { type Fetcher, type QueryResult, skipToken } from "macho-cache/query";
import { useCachedInfiniteQuery, useCachedQuery, useCachedState } from "macho-cache/react";
import { type ReactElement, useState } from "react";
import { beforeEach, describe, expect, test } from "vitest";
import { render } from "vitest-browser-react";
import { act } from "../support/act.ts";
import { Page } from "../support/page.tsx";

let page: Page;

beforeEach(() => {
  page = new Page();
});

const RETRY = { retry: 5, retryDelay: 100 };

describe("the next try", () => {
  let calls: string[];
  const api = (token: string) => (): Promise<string> => {
    calls.push(token);
    return token === "good" ? Promise.resolve("in") : Promise.reject(new Error("expired"));
  };
  interface MeProps {
    token: string;
    id?: string;
  }
  function Me({ token, id = "me" }: MeProps): ReactElement {
    return page.note(String(useCachedQuery([id], api(token), RETRY).data));
  }
  beforeEach(() => {
    calls = [];
  });

  test("100. uses the fetcher of the newest render", async () => {
    const screen = await render(page.app(<Me token="old" />));
    await page.later(0);
    await screen.rerender(page.app(<Me token="good" />));
    await page.later(100);
    expect(calls).toEqual(["old", "good"]);
    expect(page.renders.at(-1)).toBe("in");
  });

  test("100. of a key that the hook has left uses the last fetcher that it gave for it", async () => {
    const screen = await render(page.app(<Me token="first" id="a" />));
    await screen.rerender(page.app(<Me token="last" id="a" />));
    // Somebody else waits for it, so that it goes on.
    const waits = page.client.fetchQuery(["a"], api("caller")).catch(() => "failed");
    await screen.rerender(page.app(<Me token="other" id="b" />));
    await page.later(100);
    expect(calls.filter((token) => token !== "other")).toEqual(["first", "last"]);
    page.client.dispose();
    expect(await waits).toBe("failed");
  });

  test("100. of a load whose hook has left is that of another hook of the key", async () => {
    const screen = await render(page.app([<Me key="1" token="old" />]));
    await page.later(0);
    await screen.rerender(page.app([<Me key="1" token="old" />, <Me key="2" token="good" />]));
    await screen.rerender(page.app([<Me key="2" token="good" />]));
    await page.later(100);
    expect(calls).toEqual(["old", "good"]);
  });

  test("100. of a call is that of the call", async () => {
    await render(page.app(<Me token="old" id="other" />));
    const answer = page.client.fetchQuery(["me"], api("call"), RETRY).catch(() => "failed");
    await page.later(0);
    await render(page.app(<Me token="good" />));
    await page.later(100);
    expect(calls.filter((token) => token !== "old").slice(0, 2)).toEqual(["call", "call"]);
    page.client.dispose();
    await answer;
  });

  test("100. waits and is made as the newest retry and retryDelay say", async () => {
    const said: string[] = [];
    function Film({ turn }: { turn: string }): ReactElement {
      const retry = (): boolean => {
        said.push(`retry ${turn}`);
        return turn === "first";
      };
      const retryDelay = (): number => {
        said.push(`delay ${turn}`);
        return 100;
      };
      return page.note(useCachedQuery(["film"], page.backend.fetcher, { retry, retryDelay }).status);
    }
    const screen = await render(page.app(<Film turn="first" />));
    await page.fail("no");
    await screen.rerender(page.app(<Film turn="second" />));
    await page.later(100);
    await page.fail("no");
    expect(said).toEqual(["retry first", "delay first", "retry second"]);
    expect(page.renders.at(-1)).toBe("error");
  });

  test("100. of a list goes on at the page that failed, by the newest functions", async () => {
    let next = 1;
    function List({ step }: { step: number }): ReactElement {
      const { data, hasNextPage } = useCachedInfiniteQuery(
        ["list"],
        (_, { pageParam }) => page.backend.fetcher([String(pageParam)], {} as never),
        { initialPageParam: 0, initialPages: 2, getNextPageParam: () => next * step, retry: 1, retryDelay: 100 },
      );
      return page.note(`${String(data?.pages)} ${hasNextPage}`);
    }
    const screen = await render(page.app(<List step={1} />));
    await page.answer("page 0");
    await page.fail("no");
    next = 2;
    await screen.rerender(page.app(<List step={5} />));
    await page.later(100);
    await page.answer("page 10");
    expect(page.backend.requests.map(({ key }) => key)).toEqual([["0"], ["1"], ["10"]]);
    expect(page.renders.at(-1)).toBe("page 0,page 10 true");
  });
});

test("101. an answer is stored with the ttl, the tags and the weight of the newest render", async () => {
  function Film({ tag, ttl }: { tag: string; ttl: number }): ReactElement {
    return page.note(String(useCachedQuery(["film"], page.backend.fetcher, { tags: () => [tag], ttl }).data));
  }
  const screen = await render(page.app(<Film tag="old" ttl={10} />));
  await screen.rerender(page.app(<Film tag="new" ttl={10_000} />));
  await page.answer("Ran");
  expect(page.client.getQueryState(["film"])?.tags).toEqual(["new"]);
  expect(page.client.cache.remainingTtl('["film"]')).toBe(10_000);
});

test("101. data that no hook shows any more is loaded again as its hook last would have", async () => {
  const calls: string[] = [];
  function Film({ token }: { token: string }): ReactElement {
    const load: Fetcher<string> = () => {
      calls.push(token);
      return token;
    };
    return page.note(String(useCachedQuery(["film"], load, { staleTime: Infinity }).data));
  }
  const screen = await render(page.app(<Film token="first" />));
  await page.later(0);
  await screen.rerender(page.app(<Film token="second" />));
  await screen.unmount();
  await page.client.refetchQueries(["film"]);
  expect(calls).toEqual(["first", "second"]);
});

describe("a list of pages", () => {
  function List({ end }: { end: number }): ReactElement {
    const { data, hasNextPage, hasPreviousPage } = useCachedInfiniteQuery(["list"], page.backend.fetcher, {
      initialPageParam: 0,
      staleTime: Infinity,
      getNextPageParam: (_page, pages) => (pages.length < end ? pages.length : undefined),
      getPreviousPageParam: () => (end > 5 ? -1 : undefined),
    });
    return page.note(`${String(data?.pages)} ${hasNextPage} ${hasPreviousPage}`);
  }

  test("102. says whether there is another page by the functions of this render", async () => {
    const screen = await render(page.app(<List end={1} />));
    await page.answer("page");
    expect(page.renders.at(-1)).toBe("page false false");
    await screen.rerender(page.app(<List end={9} />));
    expect(page.renders.at(-1)).toBe("page true true");
    await screen.rerender(page.app(<List end={1} />));
    expect(page.renders.at(-1)).toBe("page false false");
  });
});

describe("a function of something outside", () => {
  test("103. enabled is asked at each commit, and loads once it is true", async () => {
    const isOn = { current: false };
    const options = { enabled: (): boolean => isOn.current };
    const screen = await render(page.app(<page.Film options={options} />));
    expect(page.renders.at(-1)).toBe("undefined pending idle");
    isOn.current = true;
    await screen.rerender(page.app(<page.Film options={options} />));
    expect(page.renders.at(-1)).toBe("undefined pending fetching");
    expect(page.backend.count).toBe(1);
    await page.answer("Ran");
    expect(page.renders.at(-1)).toBe("Ran success idle");
    await screen.rerender(page.app(<page.Film options={options} />));
    expect(page.backend.count).toBe(1);
  });

  test("103. polls resume with it", async () => {
    const isOn = { current: true };
    const options = { enabled: (): boolean => isOn.current, refetchInterval: 100 };
    const screen = await render(page.app(<page.Film options={options} />));
    await page.answer("one");
    isOn.current = false;
    await screen.rerender(page.app(<page.Film options={options} />));
    await page.later(1_000);
    expect(page.backend.count).toBe(1);
    isOn.current = true;
    await screen.rerender(page.app(<page.Film options={options} />));
    await page.answer("two");
    await page.later(100);
    expect(page.backend.count).toBe(3);
  });

  test("103. refetchInterval is asked at each commit", async () => {
    const ms = { current: 0 };
    const options = { staleTime: Infinity, refetchInterval: (): number => ms.current };
    const screen = await render(page.app(<page.Film options={options} />));
    await page.answer("one");
    ms.current = 100;
    await screen.rerender(page.app(<page.Film options={options} />));
    await page.later(100);
    expect(page.backend.count).toBe(2);
  });

  test("103. staleTime is asked in each render", async () => {
    const ms = { current: 0 };
    function Film(): ReactElement {
      const { data, isStale } = useCachedQuery("film", page.backend.fetcher, { staleTime: () => ms.current });
      return page.note(`${String(data)} ${isStale}`);
    }
    const screen = await render(page.app(<Film />));
    await page.answer("Ran");
    expect(page.renders.at(-1)).toBe("Ran true");
    ms.current = 60_000;
    await screen.rerender(page.app(<Film />));
    expect(page.renders.at(-1)).toBe("Ran false");
  });
});

describe("the functions that a hook gives", () => {
  test("104. are the same for its whole life, and act on the key on screen", async () => {
    const given = new Set<unknown>();
    let refetch: QueryResult<unknown>["refetch"] | undefined;
    function Film({ id }: { id: string | null }): ReactElement {
      const result = useCachedQuery(id === null ? null : [id], page.backend.fetcher, { staleTime: Infinity });
      given.add(result.refetch);
      refetch ??= result.refetch;
      return page.note(String(result.data));
    }
    const screen = await render(page.app(<Film id="a" />));
    await page.answer("A");
    await screen.rerender(page.app(<Film id="b" />));
    await page.answer("B");
    expect(given.size).toBe(1);
    await act(() => void refetch?.());
    expect(page.backend.requests.map(({ key }) => key)).toEqual([["a"], ["b"], ["b"]]);
    await screen.rerender(page.app(<Film id={null} />));
    await act(() => void refetch?.());
    expect(page.backend.count).toBe(3);
    expect(given.size).toBe(1);
  });

  test("104. are the same over key changes for a list of pages", async () => {
    const given = new Set<unknown>();
    let fetchNextPage: (() => Promise<unknown>) | undefined;
    function List({ id }: { id: string }): ReactElement {
      const result = useCachedInfiniteQuery(
        [id],
        (key, { pageParam }) => page.backend.fetcher([...key, pageParam], {} as never),
        {
          initialPageParam: 0,
          getNextPageParam: () => 1,
        },
      );
      given.add(result.fetchNextPage).add(result.fetchPreviousPage).add(result.refetch);
      fetchNextPage ??= result.fetchNextPage;
      return page.note(String(result.data?.pages));
    }
    const screen = await render(page.app(<List id="a" />));
    await page.answer("A");
    await screen.rerender(page.app(<List id="b" />));
    await page.answer("B");
    await act(() => void fetchNextPage?.());
    expect(page.backend.requests.map(({ key }) => key)).toEqual([
      ["a", 0],
      ["b", 0],
      ["b", 1],
    ]);
    expect(given.size).toBe(3);
  });
});

test("104. the setter of useCachedState is one function, and stores by the newest render", async () => {
  const given = new Set<unknown>();
  let set: ((value: (before: string) => string) => void) | undefined;
  function Filter({ id, initial, tag }: { id: string; initial: string; tag: string }): ReactElement {
    const [value, setValue] = useCachedState(["filter", id], () => initial, { tags: [tag] });
    given.add(setValue);
    set ??= setValue;
    return page.note(value);
  }
  const screen = await render(page.app(<Filter id="a" initial="one" tag="old" />));
  await screen.rerender(page.app(<Filter id="b" initial="two" tag="old" />));
  await screen.rerender(page.app(<Filter id="b" initial="three" tag="new" />));
  page.client.cache.delete('["filter","b"]');
  await act(() => set?.((before) => `${before}!`));
  expect(given.size).toBe(1);
  expect(page.client.getQueryState(["filter", "b"])?.tags).toEqual(["new"]);
  expect(page.client.getQueryData(["filter", "a"])).toBe("one");
  expect(page.renders.at(-1)).toMatch(/!$/);
});

test("105. select, placeholderData and throwOnError are those of this render", async () => {
  function Film({ word }: { word: string }): ReactElement {
    const { data } = useCachedQuery("film", page.backend.fetcher, {
      staleTime: Infinity,
      placeholderData: () => "soon",
      select: (raw: unknown) => `${word} ${String(raw)}`,
    });
    return page.note(String(data));
  }
  const screen = await render(page.app(<Film word="a" />));
  await screen.rerender(page.app(<Film word="b" />));
  await page.answer("Ran");
  await screen.rerender(page.app(<Film word="c" />));
  expect(page.renders).toEqual(["a soon", "b soon", "b Ran", "c Ran"]);
});

test("105. a fetcher that arrives in a render is used, and one that goes leaves the load alone", async () => {
  let setOn: (isOn: boolean) => void = () => undefined;
  function Film(): ReactElement {
    const [isOn, set] = useState(false);
    setOn = set;
    const { status, fetchStatus } = useCachedQuery("film", isOn ? page.backend.fetcher : skipToken);
    return page.note(`${status} ${fetchStatus}`);
  }
  await render(page.app(<Film />));
  await act(() => setOn(true));
  await act(() => setOn(false));
  await page.answer("Ran");
  expect(page.renders).toEqual(["pending idle", "pending fetching", "pending fetching", "success idle"]);
});
