// A render sees what it was given, and what it begins is told when it is over.
import { dehydrate, hydrate, keepPreviousData, QueryClient, type QueryResult, skipToken } from "macho-cache/query";
import {
  HydrationBoundary,
  QueryErrorResetBoundary,
  useCachedQueries,
  useCachedQuery,
  useIsFetching,
  usePrefetchQuery,
  useQueryClient,
  useQueryErrorResetBoundary,
} from "macho-cache/react";
import { type ReactElement, startTransition, StrictMode, Suspense, useEffect, useState } from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { beforeEach, describe, expect, test } from "vitest";
import { render } from "vitest-browser-react";
import { cacheWith } from "../support/cache-kind.ts";
import { act } from "../support/act.ts";
import { Boundary, Page } from "../support/page.tsx";

let page: Page;

beforeEach(() => {
  page = new Page();
});

interface Film {
  title: string;
}

describe("a mounted hook that suspends", () => {
  function Waiting({ isOn, by }: { isOn: boolean; by: "fetcher" | "enabled" }): ReactElement {
    const fetcher = isOn || by === "enabled" ? page.backend.fetcher : skipToken;
    const { data } = useCachedQuery("film", fetcher, { suspense: true, enabled: by === "fetcher" || isOn });
    if (!isOn) return page.note("off");
    // It would throw without data.
    return page.note((data as Film).title);
  }
  const waiting = (isOn: boolean, by: "fetcher" | "enabled"): ReactElement =>
    page.app(
      <Suspense fallback={<i>wait</i>}>
        <Waiting isOn={isOn} by={by} />
      </Suspense>,
    );

  test.each(["fetcher", "enabled"] as const)("106. does so in the render in which its %s arrives", async (by) => {
    const screen = await render(waiting(false, by));
    await screen.rerender(waiting(true, by));
    expect(screen.container.textContent).toContain("wait");
    expect(page.backend.count).toBe(1);
    await page.answer({ title: "Ran" });
    expect(page.renders).toEqual(["off", "Ran"]);
  });

  test.each(["fetcher", "enabled"] as const)(
    "106. keeps the old page in a transition, as its %s arrives",
    async (by) => {
      let turnOn: () => void = () => undefined;
      function Switch(): ReactElement {
        const [isOn, setOn] = useState(false);
        turnOn = () => startTransition(() => setOn(true));
        return <Waiting isOn={isOn} by={by} />;
      }
      const screen = await render(
        page.app(
          <Suspense fallback={<i>wait</i>}>
            <Switch />
          </Suspense>,
        ),
      );
      await act(() => turnOn());
      expect(screen.container.textContent).toBe("off");
      await page.answer({ title: "Ran" });
      expect(screen.container.textContent).toBe("Ran");
      expect(page.backend.count).toBe(1);
    },
  );
});

describe("a list of queries", () => {
  const keys = ["a", "b"];
  function List(): ReactElement {
    const queries = keys.map((key) => ({ queryKey: [key], fetcher: page.backend.fetcher, staleTime: Infinity }));
    return page.note(useCachedQueries({ queries, combine: names }));
  }
  function Plain(): ReactElement {
    const queries = keys.map((key) => ({ queryKey: [key], fetcher: page.backend.fetcher, staleTime: Infinity }));
    return page.note(names(useCachedQueries({ queries })));
  }
  const names = (results: readonly QueryResult<unknown>[]): string => results.map(({ data }) => String(data)).join();

  test.each([
    ["with combine", List],
    ["without", Plain],
  ])("107. mounts in one render, %s", async (_what, Shown) => {
    for (const key of keys) page.client.setQueryData([key], key);
    await render(page.app(<Shown />));
    expect(page.renders).toEqual(["a,b"]);
  });

  test.each([
    ["with combine", List],
    ["without", Plain],
  ])("107. hydrates with what the server sent where newer data came before, %s", async (_what, Shown) => {
    const server = new QueryClient({ cache: cacheWith({ clock: page.clock }) });
    for (const key of keys) server.setQueryData([key], `server ${key}`);
    const state = dehydrate(server);
    page.clock.advance(10);
    hydrate(page.client, state);
    const container = document.createElement("div");
    container.innerHTML = "<p>server a,server b</p>";
    for (const key of keys) page.client.setQueryData([key], `newer ${key}`);
    const recovered: unknown[] = [];
    await act(() => {
      hydrateRoot(container, page.app(<Shown />), { onRecoverableError: (error) => recovered.push(error) });
    });
    expect(recovered).toEqual([]);
    expect(page.renders[0]).toBe("server a,server b");
    expect(container.textContent).toBe("newer a,newer b");
  });
});

test("108. a hook that hears of nothing shows what there is once the page is hydrated", async () => {
  const server = new QueryClient({ cache: cacheWith({ clock: page.clock }) });
  server.setQueryData(["1"], "server");
  hydrate(page.client, dehydrate(server));
  const film = page.app(<page.Film options={{ subscribed: false, staleTime: Infinity }} />);
  const container = document.createElement("div");
  container.innerHTML = renderToString(film);
  let root: ReturnType<typeof hydrateRoot>;
  await act(() => {
    root = hydrateRoot(container, film);
  });
  page.client.setQueryData(["1"], "newer");
  await act(() => root.render(page.app(<page.Film options={{ subscribed: false, staleTime: Infinity }} />)));
  expect(container.textContent).toBe("newer success idle");
});

test("109. a render that throws leaves none of its options behind", async () => {
  let isBad = false;
  const options = (): { staleTime: number; initialData: () => unknown } => ({
    staleTime: isBad ? Infinity : 5,
    initialData: () => {
      if (isBad) throw new Error("no data");
      return "first";
    },
  });
  const observer = page.client.observe("film", page.backend.fetcher, { staleTime: 5 });
  isBad = true;
  const given = observer.optionsFor(options());
  expect(() => observer.resultFor(observer.inputFor(page.backend.fetcher, given))).toThrow("no data");
  expect(observer.options.staleTime).toBe(5);
  expect(observer.getResult()).toMatchObject({ status: "pending", data: undefined });
});

describe("a reset of an error boundary", () => {
  test.each([{ suspense: true }, { throwOnError: true }])(
    "110. counts for a hook that an effect enables, with %o",
    async (how) => {
      function Late(): ReactElement {
        const [isOn, setOn] = useState(false);
        const [, setTurn] = useState(0);
        useEffect(() => {
          setTurn(1);
          const timer = setTimeout(() => setOn(true));
          return () => clearTimeout(timer);
        }, []);
        const { data, status } = useCachedQuery("film", page.backend.fetcher, { ...how, enabled: isOn });
        return page.note(isOn ? `${String(data)} ${status}` : "off");
      }
      const screen = await render(
        page.app(
          <QueryErrorResetBoundary>
            {({ reset }) => (
              <Boundary onReset={reset}>
                <Suspense fallback={<i>wait</i>}>
                  <Late />
                </Suspense>
              </Boundary>
            )}
          </QueryErrorResetBoundary>,
        ),
      );
      await expect.poll(() => page.backend.count).toBe(1);
      await page.fail(new Error("no"));
      await screen.getByRole("button").click();
      await expect.poll(() => page.backend.count).toBe(2);
      await page.answer("Ran");
      expect(page.renders.at(-1)).toBe("Ran success");
    },
  );

  test("111. without a boundary is one of the whole provider", async () => {
    function Again({ children }: { children: ReactElement }): ReactElement {
      const { reset } = useQueryErrorResetBoundary();
      return <Boundary onReset={reset}>{children}</Boundary>;
    }
    const film = <page.Film options={{ throwOnError: true }} />;
    const screen = await render(page.app(<Again>{film}</Again>));
    await page.fail(new Error("no"));
    await screen.getByRole("button").click();
    expect(page.backend.count).toBe(2);
    await page.answer("Ran");
    expect(page.renders.at(-1)).toBe("Ran success idle");
  });

  test("111. nobody asked for does not try again", async () => {
    const film = <page.Film options={{ throwOnError: true }} />;
    const screen = await render(page.app(<Boundary>{film}</Boundary>));
    await page.fail(new Error("no"));
    await screen.getByRole("button").click();
    expect(page.backend.count).toBe(1);
    expect(screen.container.textContent).toBe("failed: no");
  });
});

describe("a component that reads no field", () => {
  test("112. and throws errors hears of one", async () => {
    function Silent(): ReactElement {
      useCachedQuery("film", page.backend.fetcher, { throwOnError: true });
      return page.note("silent");
    }
    const screen = await render(
      page.app(
        <Boundary>
          <Silent />
        </Boundary>,
      ),
    );
    await page.fail(new Error("no"));
    expect(screen.container.textContent).toBe("failed: no");
  });

  test.each([{ suspense: true }, { throwOnError: true }])("112. renders for every change, with %o", async (how) => {
    function Silent(): ReactElement {
      useCachedQuery("film", page.backend.fetcher, { staleTime: Infinity, ...how });
      return page.note(String(useQueryClient().getQueryData("film")));
    }
    page.client.setQueryData("film", "one");
    await render(
      page.app(
        <Suspense fallback={null}>
          <Silent />
        </Suspense>,
      ),
    );
    await act(() => void page.client.setQueryData("film", "two"));
    expect(page.renders).toEqual(["one", "two"]);
  });

  test("112. and suspends waits again when its data is gone", async () => {
    function Silent(): ReactElement {
      useCachedQuery("film", page.backend.fetcher, { suspense: true, staleTime: Infinity });
      return page.note("there");
    }
    page.client.setQueryData("film", "one");
    const screen = await render(
      page.app(
        <Suspense fallback={<i>wait</i>}>
          <Silent />
        </Suspense>,
      ),
    );
    await act(() => page.client.removeQueries("film"));
    expect(screen.container.textContent).toContain("wait");
    await page.answer("two");
    expect(page.renders.at(-1)).toBe("there");
    expect(page.backend.count).toBe(1);
  });
});

describe("what a render begins", () => {
  let told: number;
  function Count(): ReactElement {
    return <b>{useIsFetching()}</b>;
  }
  function Listener(): null {
    const client = useQueryClient();
    const [, setTurn] = useState(0);
    useEffect(() => client.subscribe(() => setTurn((told += 1))), [client]);
    return null;
  }
  function Other(): ReactElement {
    return <b>{useCachedQuery("film", page.backend.fetcher, { enabled: false }).fetchStatus}</b>;
  }
  const beside = (what: ReactElement | null): ReactElement =>
    page.app([<Count key="1" />, <Listener key="2" />, <Other key="3" />, <div key="4">{what}</div>]);
  function Suspending({ id = "film" }: { id?: string }): ReactElement {
    return page.note(String(useCachedQuery(id, page.backend.fetcher, { suspense: true }).data));
  }
  const suspended = (what: ReactElement): ReactElement => <Suspense fallback={<i>wait</i>}>{what}</Suspense>;
  function Prefetching(): null {
    usePrefetchQuery("next", page.backend.fetcher);
    return null;
  }
  beforeEach(() => {
    told = 0;
  });

  test.each<[string, ReactElement]>([
    ["a hook that suspends", suspended(<Suspending />)],
    ["a hook that suspends under StrictMode", <StrictMode key="s">{suspended(<Suspending />)}</StrictMode>],
    ["a prefetch", <Prefetching key="p" />],
  ])("113. is told to other components after it: %s", async (_what, what) => {
    const screen = await render(beside(null));
    await screen.rerender(beside(what));
    await expect.poll(() => screen.container.querySelector("b")?.textContent).toBe("1");
    expect(told).toBeGreaterThan(0);
    await page.answer("Ran");
    expect(page.backend.count).toBe(1);
  });

  test("113. is told after it: a key change in a transition", async () => {
    let go: (id: string) => void = () => undefined;
    function Switch(): ReactElement {
      const [id, setId] = useState("other");
      go = (next) => startTransition(() => setId(next));
      return suspended(<Suspending id={id} />);
    }
    page.client.setQueryData("other", "there");
    const screen = await render(beside(<Switch />));
    await act(() => go("film"));
    await expect.poll(() => screen.container.querySelector("b")?.textContent).toBe("1");
    await page.answer("Ran");
    expect(page.renders.at(-1)).toBe("Ran");
  });

  test("113. is told after it: a boundary's reset", async () => {
    const screen = await render(
      beside(
        <QueryErrorResetBoundary>
          {({ reset }) => <Boundary onReset={reset}>{suspended(<Suspending />)}</Boundary>}
        </QueryErrorResetBoundary>,
      ),
    );
    await page.fail(new Error("no"));
    await screen.getByRole("button").click();
    await expect.poll(() => screen.container.querySelector("b")?.textContent).toBe("1");
    await page.answer("Ran");
    expect(screen.container.textContent).toContain("Ran");
  });

  test("113. is told after it: what a boundary hydrates", async () => {
    const server = new QueryClient({ cache: cacheWith({ clock: page.clock }) });
    server.setQueryData("sent", "data");
    void server.prefetchQuery("promised", page.backend.fetcher);
    const state = dehydrate(server, { pending: true });
    const screen = await render(beside(null));
    await screen.rerender(beside(<HydrationBoundary state={state}>sent</HydrationBoundary>));
    await expect.poll(() => told).toBeGreaterThan(0);
    expect(page.client.getQueryData("sent")).toBe("data");
  });

  test("113. is told after it: data that has expired, and that another component still shows", async () => {
    function Previous({ id }: { id: string }): ReactElement {
      const options = { placeholderData: keepPreviousData, ttl: 50 };
      return page.note(String(useCachedQuery(id, page.backend.fetcher, options).data));
    }
    const screen = await render(beside(<Previous id="film" />));
    await page.answer("Ran");
    await screen.rerender(beside(<Previous id="next" />));
    page.clock.busy(100);
    function Reader(): ReactElement {
      return <u>{String(useCachedQuery("film", skipToken).data)}</u>;
    }
    await screen.rerender(
      beside(
        <>
          <Previous id="next" />
          <Reader />
        </>,
      ),
    );
    expect(screen.container.querySelector("u")?.textContent).toBe("undefined");
    await expect.poll(() => page.renders.at(-1)).toBe("undefined");
  });
});
