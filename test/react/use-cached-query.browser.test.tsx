import { type Fetcher, QueryClient } from "macho-cache/query";
import { type Idle, MachoProvider, useCachedQuery, useQueryClient } from "macho-cache/react";
import { Component, type ReactElement, type ReactNode, StrictMode, useEffect, useState } from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { beforeEach, describe, expect, test } from "vitest";
import { render } from "vitest-browser-react";
import { cacheWith } from "../support/cache-kind.ts";
import { Backend } from "../support/backend.ts";
import { expectComplaint } from "../support/complaints.ts";
import { settled } from "../support/deferred.ts";
import { ManualClock } from "../support/manual-clock.ts";

let clock: ManualClock;
let backend: Backend;
let client: QueryClient;
let renders: string[];

beforeEach(() => {
  clock = new ManualClock();
  backend = new Backend();
  client = new QueryClient({ cache: cacheWith({ clock }), defaultOptions: { queries: { retry: false } } });
  renders = [];
});

interface FilmProps {
  id: string | Idle;
  staleTime?: number;
  enabled?: boolean;
  ttl?: number;
}

/** Shows all that a component reads most. */
function Film({ id, ...options }: FilmProps): ReactElement {
  const { data, error, status, isFetching } = useCachedQuery(id ? ["film", id] : id, backend.fetcher, options);
  const text = `${status} ${isFetching ? "fetching" : "idle"} ${String(data)} ${String(error)}`;
  renders.push(text);
  return <p>{text}</p>;
}

const app = (children: ReactNode): ReactElement => <MachoProvider client={client}>{children}</MachoProvider>;

describe("the first load", () => {
  test("takes two renders: pending, then the data", async () => {
    const screen = await render(app(<Film id="1" />));
    await backend.answer(0, "Ran");
    await expect.element(screen.getByText("success idle Ran undefined")).toBeVisible();
    expect(renders).toEqual(["pending fetching undefined undefined", "success idle Ran undefined"]);
    expect(client.cache.metrics).toMatchObject({ gets: 1, misses: 1, loads: { started: 1, joined: 0 } });
  });

  test("happens once under StrictMode, and is not aborted", async () => {
    const screen = await render(<StrictMode>{app(<Film id="1" />)}</StrictMode>);
    clock.advance(10);
    expect(backend.count).toBe(1);
    expect(backend.requests[0]?.signal?.aborted).toBe(false);
    await backend.answer(0, "Ran");
    await expect.element(screen.getByText("success idle Ran undefined")).toBeVisible();
    expect(client.cache.metrics.loads).toMatchObject({ started: 1, joined: 0, aborted: 0 });
  });

  test("is shared by two hooks of one key, and by fetchQuery", async () => {
    const screen = await render(app([<Film key="1" id="1" />, <Film key="2" id="1" />]));
    const imperative = client.fetchQuery(["film", "1"], backend.fetcher);
    await backend.answer(0, "Ran");
    expect(await imperative).toBe("Ran");
    expect(screen.getByText("success idle Ran undefined").elements()).toHaveLength(2);
    expect(backend.count).toBe(1);
    expect(client.cache.metrics.loads).toMatchObject({ started: 1, joined: 2 });
  });

  test("does not happen while it is idle or disabled, and happens once when it is enabled", async () => {
    const screen = await render(app([<Film key="1" id={null} />, <Film key="2" id="1" enabled={false} />]));
    expect(backend.count).toBe(0);
    expect(renders).toEqual(Array.from({ length: 2 }, () => "pending idle undefined undefined"));
    await screen.rerender(app([<Film key="1" id={null} />, <Film key="2" id="1" enabled />]));
    expect(backend.requests.map(({ key }) => key)).toEqual([["film", "1"]]);
  });
});

describe("a key change", () => {
  test("while loading aborts the old load, whose late answer never shows", async () => {
    const screen = await render(app(<Film id="1" />));
    await screen.rerender(app(<Film id="2" />));
    clock.advance(1);
    expect(backend.requests.map(({ signal }) => signal?.aborted)).toEqual([true, false]);
    await backend.answer(0, "old");
    await backend.answer(1, "new");
    await expect.element(screen.getByText("success idle new undefined")).toBeVisible();
    expect(renders.join()).not.toContain("old");
  });

  test("back to what is fresh shows it at once, without a request", async () => {
    const screen = await render(app(<Film id="1" staleTime={60_000} />));
    await backend.answer(0, "one");
    await screen.rerender(app(<Film id="2" staleTime={60_000} />));
    await backend.answer(1, "two");
    renders.length = 0;
    await screen.rerender(app(<Film id="1" staleTime={60_000} />));
    expect(renders).toEqual(["success idle one undefined"]);
    expect(backend.count).toBe(2);
  });

  test("to what is stale shows it while it loads again", async () => {
    client.setQueryData(["film", "1"], "old");
    clock.advance(1);
    const screen = await render(app(<Film id="1" />));
    await expect.element(screen.getByText("success fetching old undefined")).toBeVisible();
    await backend.answer(0, "new");
    expect(renders).toEqual(["success fetching old undefined", "success idle new undefined"]);
  });
});

describe("unmounting", () => {
  test("aborts the load a task later; the entry of an earlier answer stays, unpinned", async () => {
    const screen = await render(app(<Film id="1" />));
    await backend.answer(0, "one");
    void client.invalidateQueries(["film", "1"]);
    await screen.unmount();
    expect(backend.requests[1]?.signal?.aborted).toBe(false);
    clock.advance(1);
    expect(backend.requests[1]?.signal?.aborted).toBe(true);
    await settled();
    expect(client.getQueries()).toMatchObject([{ data: "one", fetchStatus: "idle", observerCount: 0 }]);
    expect(client.isFetching()).toBe(0);
  });

  test("never aborts a load that another hook or caller waits for", async () => {
    const imperative = client.fetchQuery(["film", "1"], backend.fetcher);
    const screen = await render(app(<Film id="1" />));
    await screen.unmount();
    clock.advance(1);
    expect(backend.requests[0]?.signal?.aborted).toBe(false);
    await backend.answer(0, "one");
    expect(await imperative).toBe("one");
  });

  test("leaves the answer of a fetcher that never read its signal", async () => {
    function Deaf(): ReactElement {
      return <p>{useCachedQuery("deaf", backend.deaf).status}</p>;
    }
    const screen = await render(app(<Deaf />));
    await screen.unmount();
    clock.advance(1);
    await backend.answer(0, "kept");
    expect(client.getQueryData("deaf")).toBe("kept");
  });
});

describe("errors", () => {
  test("show as they are, and success replaces them", async () => {
    const screen = await render(app(<Film id="1" />));
    await backend.fail(0, new Error("no"));
    await expect.element(screen.getByText("error idle undefined Error: no")).toBeVisible();
    void client.refetchQueries(["film", "1"]);
    await expect.element(screen.getByText("pending fetching undefined undefined")).toBeVisible();
    await backend.answer(1, "Ran");
    await expect.element(screen.getByText("success idle Ran undefined")).toBeVisible();
  });

  test("of a revalidation keep the data on screen", async () => {
    client.setQueryData(["film", "1"], "old");
    clock.advance(1);
    const screen = await render(app(<Film id="1" />));
    await backend.fail(0, new Error("no"));
    await expect.element(screen.getByText("error idle old Error: no")).toBeVisible();
  });

  test("refetch of the hook loads again, and resolves to its result, also when that failed", async () => {
    let refetch: (() => Promise<unknown>) | undefined;
    function Refetching(): ReactElement {
      const result = useCachedQuery("a", backend.fetcher);
      refetch = result.refetch;
      return <p>{String(result.data)}</p>;
    }
    await render(app(<Refetching />));
    await backend.answer(0, 1);
    const again = refetch?.();
    await backend.fail(1, new Error("no"));
    expect(await again).toMatchObject({ status: "error", data: 1, failureCount: 1 });
  });
});

describe("the fetcher", () => {
  test("of the newest render is used, also by an effect of a child", async () => {
    const asked: string[] = [];
    function Refetching({ refetch, user }: { refetch: () => unknown; user: string }): null {
      useEffect(() => void (user === "Ada" || refetch()), [refetch, user]);
      return null;
    }
    function Greeting({ user }: { user: string }): ReactElement {
      const fetcher = (): string => {
        asked.push(user);
        return `Hello, ${user}`;
      };
      const { data, refetch } = useCachedQuery("greeting", fetcher);
      return (
        <p>
          {String(data)}
          <Refetching refetch={refetch} user={user} />
        </p>
      );
    }
    const screen = await render(app(<Greeting user="Ada" />));
    await expect.element(screen.getByText("Hello, Ada")).toBeVisible();
    await screen.rerender(app(<Greeting user="Grace" />));
    await expect.element(screen.getByText("Hello, Grace")).toBeVisible();
    expect(asked).toEqual(["Ada", "Grace"]);
  });
});

describe("an entry under a mounted hook", () => {
  const removals: [string, () => void][] = [
    ["removeQueries", () => client.removeQueries(["film", "1"])],
    ["delete of the cache", () => void client.cache.delete('["film","1"]')],
    ["clear of the cache", () => client.cache.clear()],
    ["clear of the client", () => client.clear()],
    ["its ttl", () => clock.advance(100)],
  ];

  test.each(removals)("that %s removed is loaded again, once for two hooks", async (_name, remove) => {
    const screen = await render(app([<Film key="1" id="1" ttl={100} />, <Film key="2" id="1" ttl={100} />]));
    await backend.answer(0, "one");
    remove();
    await settled();
    expect(backend.count).toBe(2);
    expect(screen.getByText("pending fetching undefined undefined").elements()).toHaveLength(2);
    await backend.answer(1, "again");
    expect(screen.getByText("success idle again undefined").elements()).toHaveLength(2);
    expect(backend.count).toBe(2);
  });

  test("is not evicted, however many others come; unmounted, it can be", async () => {
    client = new QueryClient({ cache: cacheWith({ clock, maxCacheSize: 2 }) });
    const screen = await render(app(<Film id="1" />));
    await backend.answer(0, "one");
    for (let index = 0; index < 10; index++) client.setQueryData(index.toString(), index);
    await expect.element(screen.getByText("success idle one undefined")).toBeVisible();
    expect(client.cache.metrics).toMatchObject({ size: 2, overflow: 0 });
    await screen.unmount();
    for (let index = 0; index < 10; index++) client.setQueryData(index.toString(), index);
    expect(client.getQueryData(["film", "1"])).toBeUndefined();
    expect(backend.count).toBe(1);
  });

  test("that is set shows at once, also during a load, whose answer does not", async () => {
    const screen = await render(app(<Film id="1" />));
    client.setQueryData(["film", "1"], "mine");
    await expect.element(screen.getByText("success idle mine undefined")).toBeVisible();
    await backend.answer(0, "late");
    expect(client.getQueryData(["film", "1"])).toBe("mine");
    expect(renders.join()).not.toContain("late");
  });

  test("that is invalidated stays on screen while it loads again", async () => {
    const screen = await render(app(<Film id="1" staleTime={Infinity} />));
    await backend.answer(0, "one");
    const ended = client.invalidateQueries({ queryKey: ["film", "1"], exact: true });
    await expect.element(screen.getByText("success fetching one undefined")).toBeVisible();
    await backend.answer(1, "two");
    await ended;
    await expect.element(screen.getByText("success idle two undefined")).toBeVisible();
  });
});

describe("hydration", () => {
  test("starts with what the server had, which knew no data, and shows the client's data right after", async () => {
    client.setQueryData(["film", "1"], "here");
    const element = app(<Film id="1" staleTime={60_000} />);
    const container = document.createElement("div");
    document.body.append(container);
    container.innerHTML = renderToString(element);
    expect(container.textContent).toBe("pending fetching undefined undefined");
    expect(backend.count).toBe(0);
    const errors: unknown[] = [];
    renders.length = 0;
    const root = hydrateRoot(container, element, { onRecoverableError: (error) => errors.push(error) });
    await expect.poll(() => container.textContent).toBe("success idle here undefined");
    expect(renders[0]).toBe("pending fetching undefined undefined");
    expect(errors).toEqual([]);
    expect(backend.count).toBe(0);
    root.unmount();
    container.remove();
  });

  test("takes no render more than a first load does, and then follows every field", async () => {
    let dataUpdatedAt: number | undefined;
    let renderAgain: (count: number) => void = () => undefined;
    function Dated(): ReactElement {
      const [count, setCount] = useState(0);
      renderAgain = setCount;
      const result = useCachedQuery(["film", "1"], backend.fetcher, { staleTime: 60_000 });
      renders.push(`${count} ${result.status} ${result.isFetching}`);
      if (count > 0) ({ dataUpdatedAt } = result);
      return <p>{`${count} ${result.status}`}</p>;
    }
    const container = document.body.appendChild(document.createElement("div"));
    container.innerHTML = renderToString(app(<Dated />));
    renders.length = 0;
    const root = hydrateRoot(container, app(<Dated />));
    await expect.poll(() => backend.count).toBe(1);
    await backend.answer(0, "Ran");
    await expect.poll(() => container.textContent).toBe("0 success");
    expect(renders).toEqual(["0 pending true", "0 success false"]);
    renderAgain(1);
    await expect.poll(() => container.textContent).toBe("1 success");
    expect(dataUpdatedAt).toBe(clock.wallNow());
    expect(renders).toHaveLength(3);
    root.unmount();
    container.remove();
  });
});

describe("renders", () => {
  test("happen only for fields that were read", async () => {
    let count = 0;
    function Data(): ReactElement {
      count++;
      return <p>{String(useCachedQuery("a", backend.fetcher, { staleTime: 100 }).data)}</p>;
    }
    const screen = await render(app(<Data />));
    await backend.answer(0, 1);
    await expect.element(screen.getByText("1")).toBeVisible();
    expect(count).toBe(2);
    void client.invalidateQueries("a");
    clock.advance(50);
    await backend.answer(1, 1);
    await settled();
    clock.advance(200);
    expect(count).toBe(2);
    expect(client.getQueries()).toMatchObject([{ isStale: true, dataUpdatedAt: expect.any(Number) as number }]);
  });

  test("tell of staleness by the one scheduler, to who reads it", async () => {
    function Stale(): ReactElement {
      return <p>{useCachedQuery("a", backend.fetcher, { staleTime: 100 }).isStale ? "stale" : "fresh"}</p>;
    }
    const screen = await render(app(<Stale />));
    await backend.answer(0, 1);
    await expect.element(screen.getByText("fresh")).toBeVisible();
    expect(clock.timers).toHaveLength(1);
    clock.advance(100);
    await expect.element(screen.getByText("stale")).toBeVisible();
    expect(clock.timers).toEqual([]);
    expect(backend.count).toBe(1);
  });

  test.each([
    [100, 1_000, "later"],
    [1_000, 100, "sooner"],
  ])("tell of staleness by the newest staleTime: from %i to %i ms, %s", async (before, after) => {
    function Stale({ staleTime }: { staleTime: number }): ReactElement {
      return <p>{useCachedQuery("a", backend.fetcher, { staleTime }).isStale ? "stale" : "fresh"}</p>;
    }
    const screen = await render(app(<Stale staleTime={before} />));
    await backend.answer(0, 1);
    await screen.rerender(app(<Stale staleTime={after} />));
    clock.advance(after - 1);
    await expect.element(screen.getByText("fresh")).toBeVisible();
    expect(clock.timers).toHaveLength(1);
    clock.advance(1);
    await expect.element(screen.getByText("stale")).toBeVisible();
    expect(clock.timers).toEqual([]);
  });
});

/** Shows what a child threw. */
class Boundary extends Component<{ children: ReactNode }, { message: string }> {
  override state = { message: "" };
  static getDerivedStateFromError = (error: Error): { message: string } => ({
    message: `${error.name}: ${error.message}`,
  });
  override componentDidCatch(): void {
    expectComplaint();
  }
  override render(): ReactNode {
    return this.state.message || this.props.children;
  }
}

describe("MachoProvider", () => {
  function Size(): ReactElement {
    return <p>{`at most ${useQueryClient().cache.options.maxCacheSize}`}</p>;
  }

  test("makes a client of its own, from nothing or from cache options, once", async () => {
    const screen = await render(
      <MachoProvider>
        <Size />
      </MachoProvider>,
    );
    await expect.element(screen.getByText("at most 1000")).toBeVisible();
    const other = await render(
      <MachoProvider cache={{ maxCacheSize: 7 }}>
        <Size />
      </MachoProvider>,
    );
    await expect.element(other.getByText("at most 7")).toBeVisible();
    await other.rerender(
      <MachoProvider cache={{ maxCacheSize: 8 }}>
        <Size />
      </MachoProvider>,
    );
    await expect.element(other.getByText("at most 7")).toBeVisible();
  });

  function Fetcherless({ fetcher }: { fetcher?: Fetcher<unknown> }): ReactElement {
    return <p>{useCachedQuery("a", fetcher as Fetcher<unknown>).status}</p>;
  }

  const wrong: [string, ReactElement, RegExp][] = [
    ["a hook outside of it", <Size key="1" />, /MachoError: .*outside of a provider.*<MachoProvider>/],
    [
      "a client and a cache",
      <MachoProvider key="2" client={new QueryClient()} cache={{}}>
        <Size />
      </MachoProvider>,
      /a client or a cache, got both/,
    ],
    [
      "something else as a client",
      <MachoProvider key="3" client={{} as never}>
        <Size />
      </MachoProvider>,
      /needs a QueryClient/,
    ],
    [
      "a bad option of a hook",
      <MachoProvider key="4">
        <Film id="1" staleTime={-1} />
      </MachoProvider>,
      /MachoOptionError: staleTime must be/,
    ],
    [
      "no fetcher",
      <MachoProvider key="5">
        <Fetcherless />
      </MachoProvider>,
      /MachoError: useCachedQuery needs a fetcher, got undefined/,
    ],
  ];

  test.each(wrong)("%s is an error that says what to do", async (_name, element, message) => {
    const screen = await render(<Boundary>{element}</Boundary>);
    await expect.element(screen.getByText(message)).toBeVisible();
  });

  test("a fetcher that is gone in a later render is an error as well", async () => {
    const page = (fetcher?: Fetcher<unknown>): ReactElement => (
      <Boundary>{app(<Fetcherless {...(fetcher && { fetcher })} />)}</Boundary>
    );
    const screen = await render(page(backend.fetcher));
    await screen.rerender(page());
    await expect.element(screen.getByText(/useCachedQuery needs a fetcher, got undefined/)).toBeVisible();
  });

  test("lets the timers of its client run only while it is mounted, that of its own cache too", async () => {
    client = new QueryClient({ cache: { clock } });
    client.setQueryData("a", 1, { ttl: 50 });
    expect(clock.timers).toEqual([]);
    const screen = await render(app(<Size />));
    expect(clock.timers).toHaveLength(1);
    await screen.unmount();
    expect(clock.timers).toEqual([]);
  });
});
