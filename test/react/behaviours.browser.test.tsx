// What a component sees; the numbers are those of docs/behaviours.md.
import {
  dehydrate,
  type DehydratedState,
  hydrate,
  keepPreviousData,
  QueryClient,
  type QueryOptions,
  queryOptions,
  type QueryResult,
  skipToken,
  streamedQuery,
} from "macho-cache/query";
import {
  HydrationBoundary,
  type Idle,
  MachoProvider,
  QueryErrorResetBoundary,
  useCachedInfiniteQuery,
  useCachedQueries,
  useCachedQuery,
  useCachedState,
  useCachedSubscription,
  useIsFetching,
  usePrefetchQuery,
  useQueryClient,
} from "macho-cache/react";
import {
  Component,
  type ReactElement,
  type ReactNode,
  StrictMode,
  Suspense,
  useEffect,
  useState,
  useTransition,
} from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { beforeEach, describe, expect, test } from "vitest";
import { render } from "vitest-browser-react";
import { cacheWith } from "../support/cache-kind.ts";
import { act } from "../support/act.ts";
import { Backend } from "../support/backend.ts";
import { expectComplaint } from "../support/complaints.ts";
import { type Deferred, deferred, settled } from "../support/deferred.ts";
import { ManualClock } from "../support/manual-clock.ts";

let clock: ManualClock;
let backend: Backend;
let client: QueryClient;
let renders: string[];
const error = new Error("no");

beforeEach(() => {
  clock = new ManualClock();
  backend = new Backend();
  client = new QueryClient({ cache: cacheWith({ clock }), defaultOptions: { queries: { retry: false } } });
  renders = [];
});

const app = (children: ReactNode): ReactElement => <MachoProvider client={client}>{children}</MachoProvider>;
const answer = (value: unknown): Promise<void> => act(() => backend.answer(backend.count - 1, value));
const fail = (reason: unknown): Promise<void> => act(() => backend.fail(backend.count - 1, reason));
const later = (ms: number): Promise<void> =>
  act(async () => {
    clock.advance(ms);
    await settled();
  });

function note(text: string): ReactElement {
  renders.push(text);
  if (renders.length > 200) throw new Error(`It renders again and again: ${renders.slice(-5).join("; ")}`);
  return <p>{text}</p>;
}

interface Props {
  id?: string | Idle;
  options?: QueryOptions;
}

function Film({ id = "1", options }: Props): ReactElement {
  const { data, error: failure, isFetching } = useCachedQuery(id, backend.fetcher, options);
  return note(
    `${String(data)} ${isFetching ? "fetching" : "idle"} ${failure instanceof Error ? failure.message : "fine"}`,
  );
}

class Boundary extends Component<{ children: ReactNode; onReset?: () => void }, { failed: unknown }> {
  override state = { failed: undefined as unknown };
  static getDerivedStateFromError(failed: unknown): { failed: unknown } {
    return { failed };
  }
  override componentDidCatch(): void {
    expectComplaint();
  }
  override render(): ReactNode {
    if (this.state.failed === undefined) return this.props.children;
    const retry = (): void => {
      this.props.onReset?.();
      this.setState({ failed: undefined });
    };
    return <button onClick={retry}>failed: {(this.state.failed as Error).message}</button>;
  }
}

describe("a key change", () => {
  test("1. never shows the late answer of the old key, and neither does a later render", async () => {
    function Late({ id, turn }: { id: string; turn: number }): ReactElement {
      const { data } = useCachedQuery(id, backend.deaf);
      return note(`${id} ${turn} ${String(data)}`);
    }
    const screen = await render(app(<Late id="old" turn={1} />));
    await screen.rerender(app(<Late id="new" turn={2} />));
    await act(() => backend.answer(0, "late"));
    await screen.rerender(app(<Late id="new" turn={3} />));
    await answer("data");
    await screen.rerender(app(<Late id="new" turn={4} />));
    expect(renders).toEqual(["old 1 undefined", "new 2 undefined", "new 3 undefined", "new 3 data", "new 4 data"]);
    expect(client.getQueryData("old")).toBe("late");
  });

  test("2. shows no data of the old key", async () => {
    const screen = await render(app(<Film id="1" options={{ staleTime: Infinity }} />));
    await answer("one");
    renders.length = 0;
    await screen.rerender(app(<Film id="9" options={{ staleTime: Infinity }} />));
    expect(renders).toEqual(["undefined fetching fine"]);
  });

  function Kept({ id }: { id: string }): ReactElement {
    const { data, isPlaceholderData } = useCachedQuery(id, backend.fetcher, { placeholderData: keepPreviousData });
    return note(`${id} ${String(data)} ${isPlaceholderData}`);
  }

  test("2. shows it where it is kept, with a flag, over several keys", async () => {
    const screen = await render(app(<Kept id="1" />));
    await answer("one");
    await screen.rerender(app(<Kept id="2" />));
    await screen.rerender(app(<Kept id="3" />));
    await answer("three");
    expect(renders).toEqual(["1 undefined false", "1 one false", "2 one true", "3 one true", "3 three false"]);
  });

  test("21. shows nothing that was kept when the client has been cleared, in any hook", async () => {
    const both = (id: string): ReactElement => app([<Kept key="1" id={id} />, <Kept key="2" id={id} />]);
    const screen = await render(both("1"));
    await answer("one");
    await screen.rerender(both("2"));
    expect(renders.slice(-2)).toEqual(["2 one true", "2 one true"]);
    await act(async () => client.clear());
    expect(renders.slice(-2)).toEqual(["2 undefined false", "2 undefined false"]);
  });
});

describe("renders", () => {
  test("53. a write in a render that is thrown away is not missed", async () => {
    const gate = deferred<void>();
    let isWritten = false;
    function Writer(): null {
      if (isWritten) return null;
      isWritten = true;
      client.setQueryData("1", "written");
      // What React waits for, and renders all of it anew.
      // oxlint-disable-next-line no-throw-literal, typescript/only-throw-error
      throw gate.promise;
    }
    const screen = await render(
      app(
        <Suspense fallback="wait">
          <Film options={{ enabled: false }} />
          <Writer />
        </Suspense>,
      ),
    );
    await act(async () => gate.resolve());
    await expect.element(screen.getByText("written idle fine")).toBeVisible();
    expect(renders.at(-1)).toBe("written idle fine");
  });

  test("53. a write between render and subscription is not missed", async () => {
    function Writer(): null {
      client.setQueryData("1", "written");
      return null;
    }
    const screen = await render(app([<Film key="1" options={{ enabled: false }} />, <Writer key="2" />]));
    await expect.element(screen.getByText("written idle fine")).toBeVisible();
  });

  test("54. two hooks on one key in one component render it twice in all", async () => {
    function Both(): ReactElement {
      const one = useCachedQuery("1", backend.fetcher);
      const two = useCachedQuery("1", backend.fetcher);
      return note(`${String(one.data)} ${String(two.data)}`);
    }
    await render(app(<Both />));
    await answer("data");
    expect(renders).toEqual(["undefined undefined", "data data"]);
  });

  test("55. who reads no field is told of everything", async () => {
    function Blind(): ReactElement {
      useCachedQuery("1", backend.fetcher);
      return note("render");
    }
    await render(app(<Blind />));
    await answer("data");
    expect(renders).toHaveLength(2);
  });

  test("56. a field that is read late has its newest value", async () => {
    let result: QueryResult<unknown> | undefined;
    function Late({ reads }: { reads: boolean }): ReactElement {
      result = useCachedQuery("1", backend.fetcher);
      return note(`${result.status} ${reads ? String(result.dataUpdatedAt > 0) : ""}`);
    }
    const screen = await render(app(<Late reads={false} />));
    await answer("data");
    await screen.rerender(app(<Late reads />));
    expect(renders.at(-1)).toBe("success true");
  });

  test("an equal answer renders nothing, and a field that is not read neither", async () => {
    function Data(): ReactElement {
      const { data } = useCachedQuery("1", backend.fetcher);
      return note(JSON.stringify(data));
    }
    await render(app(<Data />));
    await answer({ title: "Ran", cast: ["Nakadai"] });
    const before = client.getQueryData("1");
    await act(async () => void client.invalidateQueries("1"));
    await answer({ title: "Ran", cast: ["Nakadai"] });
    expect(client.getQueryData("1")).toBe(before);
    expect(renders).toHaveLength(2);
  });

  test("59. going back to a key gives the same reference", async () => {
    const seen = new Map<string, unknown>();
    function Keyed({ id }: { id: string }): ReactElement {
      const { data } = useCachedQuery(id, backend.fetcher, { staleTime: Infinity });
      if (data !== undefined) {
        expect(seen.get(id) ?? data).toBe(data);
        seen.set(id, data);
      }
      return note(id);
    }
    const screen = await render(app(<Keyed id="a" />));
    await answer({ name: "a" });
    await screen.rerender(app(<Keyed id="b" />));
    await answer({ name: "b" });
    await screen.rerender(app(<Keyed id="a" />));
    expect(seen.size).toBe(2);
    expect(backend.count).toBe(2);
  });

  test("a result is the same object while nothing has changed", async () => {
    const results = new Set<unknown>();
    function Same({ turn }: { turn: number }): ReactElement {
      results.add(useCachedQuery("1", backend.fetcher, { staleTime: 1_000, select: (data) => data }));
      return note(String(turn));
    }
    client.setQueryData("1", "data");
    const screen = await render(app(<Same turn={1} />));
    await screen.rerender(app(<Same turn={2} />));
    await screen.rerender(app(<Same turn={3} />));
    expect(results.size).toBe(1);
    expect(renders).toHaveLength(3);
  });
});

describe("select and placeholders", () => {
  const picky = (data: unknown): { text: string } => {
    if (data === "bad") throw error;
    return { text: `selected ${String(data)}` };
  };
  function Selected({ id = "1", select = picky }: { id?: string; select?: typeof picky }): ReactElement {
    const { data, error: failure, status } = useCachedQuery(id, backend.fetcher, { select });
    return note(`${status} ${String(data?.text)} ${String(failure)}`);
  }

  test("57. select runs again only for other data or another function", async () => {
    const selected: unknown[] = [];
    const noted =
      (name: string) =>
      (data: unknown): { text: string } => {
        selected.push(`${name} ${String(data)}`);
        return { text: name };
      };
    const [one, other] = [noted("one"), noted("other")];
    const screen = await render(app(<Selected select={one} />));
    await answer("a");
    await screen.rerender(app(<Selected select={one} />));
    await screen.rerender(app(<Selected select={other} />));
    await act(async () => client.setQueryData("1", "b"));
    await screen.rerender(app(<Selected select={other} />));
    expect(selected).toEqual(["one a", "other a", "other b"]);
  });

  test("57. a select that throws keeps its last good output, beside the error", async () => {
    await render(app(<Selected />));
    await answer("good");
    await act(async () => client.setQueryData("1", "bad"));
    expect(renders.at(-1)).toBe("error selected good Error: no");
  });

  test("57. what a select threw and gave for a key does not reach the next key", async () => {
    const screen = await render(app(<Selected id="1" />));
    await answer("good");
    await act(async () => client.setQueryData("1", "bad"));
    renders.length = 0;
    await screen.rerender(app(<Selected id="2" />));
    await answer("fine");
    expect(renders).toEqual(["pending undefined undefined", "success selected fine undefined"]);
  });

  test("57. what a select threw is gone after a reset", async () => {
    await render(app(<Selected />));
    await answer("bad");
    expect(renders.at(-1)).toBe("error undefined Error: no");
    await act(async () => void client.resetQueries("1"));
    expect(renders.at(-1)).toBe("pending undefined undefined");
    await answer("fine");
    expect(renders.at(-1)).toBe("success selected fine undefined");
  });

  test("57. a select that is written in the component, and gives an instance each time, does not loop", async () => {
    class Wrapped {
      readonly data: unknown;
      constructor(data: unknown) {
        this.data = data;
      }
    }
    function Inline(): ReactElement {
      const { data } = useCachedQuery("1", backend.fetcher, { select: (raw: unknown) => new Wrapped(raw) });
      return note(String(data?.data));
    }
    const screen = await render(app(<Inline />));
    await answer("data");
    await screen.rerender(app(<Inline />));
    expect(renders).toEqual(["undefined", "data", "data"]);
  });

  test("58. a placeholder goes through select, says what it is, and never enters the cache", async () => {
    function Held({ id }: { id: string }): ReactElement {
      const { data, isPlaceholderData, status } = useCachedQuery(id, backend.fetcher, {
        placeholderData: "none",
        select: (raw: unknown) => `<${String(raw)}>`,
      });
      return note(`${status} ${String(data)} ${isPlaceholderData}`);
    }
    await render(app(<Held id="1" />));
    expect(renders).toEqual(["success <none> true"]);
    expect(client.getQueryData("1")).toBeUndefined();
    await answer("data");
    expect(renders.at(-1)).toBe("success <data> false");
  });

  test("58. a select that throws on a placeholder leaves an error, and no flag of a placeholder", async () => {
    function Held(): ReactElement {
      const { data, isPlaceholderData, status } = useCachedQuery("1", backend.fetcher, {
        placeholderData: "bad",
        select: picky,
      });
      return note(`${status} ${String(data?.text)} ${isPlaceholderData}`);
    }
    await render(app(<Held />));
    expect(renders).toEqual(["error undefined false"]);
    await answer("fine");
    expect(renders.at(-1)).toBe("success selected fine false");
  });

  test("subscribed: false shows what is there and hears of nothing, until it is true", async () => {
    client.setQueryData("1", "one");
    const screen = await render(app(<Film options={{ subscribed: false, enabled: false }} />));
    client.setQueryData("1", "two");
    await settled();
    expect(renders).toEqual(["one idle fine"]);
    await screen.rerender(app(<Film options={{ subscribed: true, enabled: false }} />));
    await expect.element(screen.getByText("two idle fine")).toBeVisible();
  });
});

describe("error boundaries", () => {
  function Retry({ children }: { children: ReactNode }): ReactElement {
    return (
      <QueryErrorResetBoundary>
        {({ reset }) => <Boundary onReset={reset}>{children}</Boundary>}
      </QueryErrorResetBoundary>
    );
  }

  test.each([{ throwOnError: true }, { suspense: true }])(
    "42. with %o, a reset loads once more, and is spent by that",
    async (options) => {
      const screen = await render(
        app(
          <Retry>
            <Suspense fallback="wait">
              <Film options={options} />
            </Suspense>
          </Retry>,
        ),
      );
      await fail(error);
      await expect.element(screen.getByText("failed: no")).toBeVisible();
      expect(backend.count).toBe(1);
      await screen.getByRole("button").click();
      await settled();
      expect(backend.count).toBe(2);
      await fail(new Error("again"));
      await expect.element(screen.getByText("failed: again")).toBeVisible();
      expect(backend.count).toBe(2);
      await screen.getByRole("button").click();
      await settled();
      await answer("data");
      await expect.element(screen.getByText("data idle fine")).toBeVisible();
      expect(backend.count).toBe(3);
    },
  );

  test.each([{ throwOnError: true }, { suspense: true }])(
    "42. with %o, a remount without a reset shows the failure, and loads nothing",
    async (options) => {
      const screen = await render(
        app(
          <Boundary>
            <Suspense fallback="wait">
              <Film options={options} />
            </Suspense>
          </Boundary>,
        ),
      );
      await fail(error);
      await screen.getByRole("button").click();
      await expect.element(screen.getByText("failed: no")).toBeVisible();
      expect(backend.count).toBe(1);
    },
  );

  test("42. a background error does not reach the boundary of a component that suspends", async () => {
    const screen = await render(
      app(
        <Boundary>
          <Suspense fallback="wait">
            <Film options={{ suspense: true }} />
          </Suspense>
        </Boundary>,
      ),
    );
    await answer("data");
    await act(async () => void client.invalidateQueries("1"));
    await fail(error);
    await expect.element(screen.getByText("data idle no")).toBeVisible();
  });

  test("43. throwOnError hears of errors although the component reads none; a function decides", async () => {
    function Silent(): ReactElement {
      const { data } = useCachedQuery("1", backend.fetcher, { throwOnError: (failure) => failure === error });
      return note(String(data));
    }
    const screen = await render(
      app(
        <Boundary>
          <Silent />
        </Boundary>,
      ),
    );
    await fail(error);
    await expect.element(screen.getByText("failed: no")).toBeVisible();
  });
});

describe("suspense", () => {
  const suspended = (children: ReactNode): ReactElement => app(<Suspense fallback={<i>wait</i>}>{children}</Suspense>);

  test("62. loads once, under StrictMode as well, and shows the data", async () => {
    const screen = await render(<StrictMode>{suspended(<Film options={{ suspense: true }} />)}</StrictMode>);
    await expect.element(screen.getByText("wait")).toBeVisible();
    await answer("data");
    await expect.element(screen.getByText("data idle fine")).toBeVisible();
    expect(backend.count).toBe(1);
    expect(backend.requests[0]?.signal?.aborted).toBe(false);
  });

  test("62. waits on when undefined is written", async () => {
    const screen = await render(suspended(<Film options={{ suspense: true, staleTime: Infinity }} />));
    await act(async () => client.setQueryData("1", undefined));
    await expect.element(screen.getByText("wait")).toBeVisible();
    await answer("data");
    await expect.element(screen.getByText("data idle fine")).toBeVisible();
  });

  test("62. ends early when data is written by hand", async () => {
    const screen = await render(suspended(<Film options={{ suspense: true, staleTime: Infinity }} />));
    await act(async () => void client.setQueryData("1", "by hand"));
    await expect.element(screen.getByText("by hand idle fine")).toBeVisible();
  });

  const bounded = (children: ReactNode): ReactElement =>
    app(
      <Boundary>
        <Suspense fallback={<i>wait</i>}>{children}</Suspense>
      </Boundary>,
    );

  test("64. an error reaches the boundary and does not loop, though nothing of it is kept", async () => {
    const screen = await render(bounded(<Film options={{ suspense: true, errorTtl: 0 }} />));
    await fail(error);
    await expect.element(screen.getByText("failed: no")).toBeVisible();
    expect(backend.count).toBe(1);
  });

  test("64. a prefetch inside of the boundary does not loop either", async () => {
    function Prefetching(): ReactElement {
      usePrefetchQuery("1", backend.fetcher);
      return <Film options={{ suspense: true }} />;
    }
    const screen = await render(bounded(<Prefetching />));
    await fail(error);
    await expect.element(screen.getByText("failed: no")).toBeVisible();
    expect(backend.count).toBe(1);
  });

  test("65. several that were prefetched wait together", async () => {
    function Both(): ReactElement {
      usePrefetchQuery("1", backend.fetcher);
      usePrefetchQuery("2", backend.fetcher);
      return (
        <>
          <Film id="1" options={{ suspense: true }} />
          <Film id="2" options={{ suspense: true }} />
        </>
      );
    }
    const screen = await render(suspended(<Both />));
    expect(backend.count).toBe(2);
    await act(() => backend.answer(0, "one"));
    await act(() => backend.answer(1, "two"));
    await expect.element(screen.getByText("two idle fine")).toBeVisible();
    expect(backend.count).toBe(2);
  });

  test("66. mounted again after a failure, it waits for a new load", async () => {
    const screen = await render(bounded(<Film options={{ suspense: true }} />));
    await fail(error);
    await expect.element(screen.getByText("failed: no")).toBeVisible();
    await later(5_000);
    await screen.getByRole("button").click();
    await expect.element(screen.getByText("wait")).toBeVisible();
    expect(backend.count).toBe(2);
    await answer("data");
    await expect.element(screen.getByText("data idle fine")).toBeVisible();
  });

  test("66. no key does not suspend", async () => {
    const screen = await render(suspended(<Film id={null} options={{ suspense: true }} />));
    await expect.element(screen.getByText("undefined idle fine")).toBeVisible();
  });

  test("an invalidation while a component is suspended begins its load anew, and does not leave it there for ever", async () => {
    const screen = await render(suspended(<Film options={{ suspense: true }} />));
    await act(async () => {
      await client.invalidateQueries();
    });
    await act(() => backend.answer(0, "old"));
    expect(backend.count).toBe(2);
    await act(() => backend.answer(1, "new"));
    await expect.element(screen.getByText("new idle fine")).toBeVisible();
    expect(backend.count).toBe(2);
  });

  test("a component that suspended and is gone lets go of what its load gave", async () => {
    const screen = await render(suspended(<Film options={{ suspense: true }} />));
    await screen.rerender(suspended(null));
    await act(() => backend.fail(0, error));
    await later(5_000);
    expect(client.getQueries()).toEqual([]);
  });

  test("cancellation works: the load of a component that is gone, or has another key, is aborted when nobody waits", async () => {
    const screen = await render(suspended(<Film options={{ suspense: true }} />));
    await screen.rerender(suspended(<Film id="2" options={{ suspense: true }} />));
    await later(34_999);
    expect(backend.requests.map(({ signal }) => signal?.aborted)).toEqual([false, false]);
    await later(1);
    await later(0);
    expect(backend.requests.map(({ signal }) => signal?.aborted)).toEqual([true, false]);
    await screen.rerender(suspended(null));
    await later(70_000);
    expect(backend.requests[1]?.signal?.aborted).toBe(true);
    expect([client.getQueries(), backend.count]).toEqual([[], 2]);
  });

  test.each([true, false])(
    "a component that waits for long gets the answer of its one load (StrictMode: %s)",
    async (strict) => {
      const tree = suspended(<Film options={{ suspense: true }} />);
      await render(strict ? <StrictMode>{tree}</StrictMode> : tree);
      for (let turn = 0; turn < 8; turn++) await later(17_000); // oxlint-disable-line no-await-in-loop
      expect([backend.count, backend.requests[0]?.signal?.aborted]).toEqual([1, false]);
      await answer("data");
      expect(renders.at(-1)).toContain("data");
      expect(backend.count).toBe(1);
    },
  );

  test("so does a transition that waits for long, while the page shows what it did", async () => {
    let go: (id: string) => void = () => undefined;
    function Page(): ReactElement {
      const [id, setId] = useState("1");
      const [, startTransition] = useTransition();
      go = (next) => startTransition(() => setId(next));
      return <Film id={id} options={{ suspense: true }} />;
    }
    const screen = await render(suspended(<Page />));
    await answer("one");
    await act(async () => go("2"));
    for (let turn = 0; turn < 8; turn++) await later(17_000); // oxlint-disable-line no-await-in-loop
    expect(screen.container.textContent).toContain("one");
    expect([backend.count, backend.requests[1]?.signal?.aborted]).toEqual([2, false]);
    await answer("two");
    expect(screen.container.textContent).toContain("two");
    expect(backend.count).toBe(2);
  });
});

test("a hook counts one lookup for its mount, under StrictMode as well, and one more for the next", async () => {
  const screen = await render(<StrictMode>{app([<Film key="1" />, <Film key="2" id="2" />])}</StrictMode>);
  expect(client.cache.metrics.gets).toBe(2);
  await screen.rerender(<StrictMode>{app(null)}</StrictMode>);
  await screen.rerender(<StrictMode>{app(<Film />)}</StrictMode>);
  expect(client.cache.metrics.gets).toBe(3);
});

describe("lists of queries", () => {
  interface ListProps {
    ids: readonly string[];
  }

  function List({ ids }: ListProps): ReactElement {
    const results = useCachedQueries({
      queries: ids.map((id) => queryOptions({ queryKey: [id], fetcher: backend.fetcher, staleTime: Infinity })),
    });
    return note(results.map(({ data }) => String(data)).join());
  }

  test("61. keys come, go, change places and are there twice", async () => {
    const screen = await render(app(<List ids={["a", "b", "a"]} />));
    expect(backend.count).toBe(2);
    await act(() => backend.answer(0, "A"));
    await act(() => backend.answer(1, "B"));
    expect(renders.at(-1)).toBe("A,B,A");
    await screen.rerender(app(<List ids={["b", "c", "a"]} />));
    expect(renders.at(-1)).toBe("B,undefined,A");
    await act(() => backend.answer(2, "C"));
    expect(renders.at(-1)).toBe("B,C,A");
    await screen.rerender(app(<List ids={[]} />));
    expect(renders.at(-1)).toBe("");
    expect(client.getQueryState(["a"])?.observerCount).toBe(0);
    expect(backend.count).toBe(3);
  });

  test("61. combine runs when a result is another one, and sees new queries though its reference is the same", async () => {
    let calls = 0;
    const combine = (results: readonly QueryResult<unknown>[]): string => {
      calls++;
      return results.map(({ data }) => String(data)).join("+");
    };
    function Combined({ ids }: ListProps): ReactElement {
      return note(
        useCachedQueries({
          queries: ids.map((id) => ({ queryKey: [id], fetcher: backend.fetcher, staleTime: Infinity })),
          combine,
        }),
      );
    }
    const screen = await render(app(<Combined ids={["a"]} />));
    await act(() => backend.answer(0, "A"));
    const before = calls;
    await screen.rerender(app(<Combined ids={["a"]} />));
    expect(calls).toBe(before);
    await screen.rerender(app(<Combined ids={["a", "b"]} />));
    expect(renders.at(-1)).toBe("A+undefined");
  });

  function Custom({ ids, options }: ListProps & { options: object }): ReactElement {
    const queries = ids.map((id) => ({ queryKey: [id], fetcher: backend.fetcher, ...options }));
    return note(useCachedQueries({ queries, combine: names }));
  }
  const names = (results: readonly QueryResult<unknown>[]): string => results.map(({ data }) => String(data)).join();

  test("throwOnError throws where the hook renders", async () => {
    const list = <Custom ids={["a"]} options={{ throwOnError: true }} />;
    const screen = await render(app(<Boundary>{list}</Boundary>));
    expect(renders.at(-1)).toBe("undefined");
    await fail(error);
    expect(screen.container.textContent).toBe("failed: no");
    expect(backend.count).toBe(1);
  });

  test("a key in the place of another shows its data, as keepPreviousData says", async () => {
    const options = { placeholderData: keepPreviousData };
    const screen = await render(app(<Custom ids={["a", "b"]} options={options} />));
    await act(() => backend.answer(0, "A"));
    await act(() => backend.answer(1, "B"));
    await screen.rerender(app(<Custom ids={["b", "c"]} options={options} />));
    expect(renders.at(-1)).toBe("B,undefined");
    await screen.rerender(app(<Custom ids={["d", "c"]} options={options} />));
    expect(renders.at(-1)).toBe("B,undefined");
  });

  test("a list by itself is an error that says what to do", async () => {
    function Bare(): ReactElement {
      useCachedQueries([{ queryKey: ["a"], fetcher: backend.fetcher }] as never);
      return note("never");
    }
    const screen = await render(
      app(
        <Boundary>
          <Bare />
        </Boundary>,
      ),
    );
    expect(screen.container.textContent).toMatch(
      /queries of useCachedQueries must be an array, got undefined\. Pass an object with/,
    );
  });

  test("suspense is an error that says what to do", async () => {
    const list = <Custom ids={["a"]} options={{ suspense: true }} />;
    const screen = await render(app(<Boundary>{list}</Boundary>));
    expect(screen.container.textContent).toMatch(/suspense is not an option of useCachedQueries.*Use useCachedQuery/);
  });
});

describe("pages", () => {
  interface Page {
    readonly items: string;
    readonly next: number | undefined;
  }
  const asked: string[] = [];
  let gates: ReturnType<typeof deferred<Page>>[] = [];

  beforeEach(() => {
    asked.length = 0;
    gates = [];
  });

  function Pages({ maxPages }: { maxPages?: number }): ReactElement {
    const { data, hasNextPage, fetchNextPage, fetchPreviousPage, isFetchingNextPage, refetch, isError } =
      useCachedInfiniteQuery(
        ["list"],
        (_key, { pageParam, direction }) => {
          asked.push(`${pageParam} ${direction}`);
          const gate = deferred<Page>();
          gates.push(gate);
          return gate.promise;
        },
        {
          initialPageParam: 0,
          getNextPageParam: ({ next }) => next,
          getPreviousPageParam: (_page, _pages, param) => (param > 0 ? param - 1 : undefined),
          maxPages,
        },
      );
    return (
      <>
        {note(
          `${data?.pages.map(({ items }) => items).join() ?? "none"} ${hasNextPage} ${isFetchingNextPage} ${isError}`,
        )}
        <button onClick={() => void fetchNextPage()}>next</button>
        <button onClick={() => void fetchPreviousPage()}>previous</button>
        <button onClick={() => void refetch()}>again</button>
      </>
    );
  }
  const send = (index: number, items: string, next: number | undefined): Promise<void> =>
    act(async () => {
      gates[index]?.resolve({ items, next });
      await settled();
    });

  test("grow at both ends, keep at most maxPages, and end", async () => {
    const screen = await render(app(<Pages maxPages={2} />));
    await send(0, "a", 1);
    await screen.getByText("next").click();
    expect(renders.at(-1)).toBe("a true true false");
    await send(1, "b", 2);
    await screen.getByText("next").click();
    await send(2, "c", undefined);
    expect(renders.at(-1)).toBe("b,c false false false");
    await screen.getByText("next").click();
    expect(asked).toEqual(["0 forward", "1 forward", "2 forward"]);
    await screen.getByText("previous").click();
    await send(3, "A", 1);
    expect(renders.at(-1)).toBe("A,b true false false");
  });

  test("76. more cancels a running refetch, and a second more is the first", async () => {
    const screen = await render(app(<Pages />));
    await send(0, "a", 1);
    await screen.getByText("again").click();
    await screen.getByText("next").click();
    await screen.getByText("next").click();
    await send(2, "b", 2);
    await send(1, "late", 9);
    expect(asked).toEqual(["0 forward", "0 forward", "1 forward"]);
    expect(renders.at(-1)).toBe("a,b true false false");
  });

  test("92. with skipToken a list is idle, and shows what others load", async () => {
    function Idle({ isOn }: { isOn: boolean }): ReactElement {
      const { data, status, fetchStatus } = useCachedInfiniteQuery(
        ["pages"],
        isOn ? (): string => "loaded" : skipToken,
        { initialPageParam: 0, getNextPageParam: () => undefined },
      );
      return note(`${data?.pages.join() ?? "none"} ${status} ${fetchStatus}`);
    }
    const screen = await render(app(<Idle isOn={false} />));
    expect(renders).toEqual(["none pending idle"]);
    await act(async () => client.setQueryData(["pages"], { pages: ["set"], pageParams: [0] }));
    expect(renders.at(-1)).toBe("set success idle");
    await act(async () => client.removeQueries());
    await screen.rerender(app(<Idle isOn />));
    await act(settled);
    expect(renders.at(-1)).toBe("loaded success idle");
  });

  test("76. a refetch rebuilds the cursors page by page", async () => {
    const screen = await render(app(<Pages />));
    await send(0, "a", 1);
    await screen.getByText("next").click();
    await send(1, "b", 2);
    await screen.getByText("again").click();
    await send(2, "A", 7);
    await send(3, "B", undefined);
    expect(asked.slice(2)).toEqual(["0 forward", "7 forward"]);
    expect(renders.at(-1)).toBe("A,B false false false");
  });
});

describe("values that come by themselves", () => {
  test("33. a subscription has one source for all hooks, and none when the last is gone", async () => {
    const log: string[] = [];
    let send: (value: number) => void = () => undefined;
    function Price({ id }: { id: string }): ReactElement {
      const { data, error: failure } = useCachedSubscription<number, string>(id, (key, { next, error: end }) => {
        log.push(`open ${key}`);
        send = (value) => (value < 0 ? end(error) : next(value));
        return () => log.push(`close ${key}`);
      });
      return note(`${String(data)} ${String(failure)}`);
    }
    const screen = await render(<StrictMode>{app([<Price key="1" id="a" />, <Price key="2" id="a" />])}</StrictMode>);
    expect(log).toEqual(["open a"]);
    await act(async () => send(1));
    await act(async () => send(2));
    expect(renders.at(-1)).toBe("2 undefined");
    await screen.rerender(<StrictMode>{app([<Price key="1" id="a" />])}</StrictMode>);
    await later(1);
    expect(log).toEqual(["open a"]);
    await screen.rerender(<StrictMode>{app(null)}</StrictMode>);
    await later(1);
    expect(log).toEqual(["open a", "close a"]);
    expect(client.getQueryData("a")).toBe(2);
    await screen.rerender(app(<Price id="a" />));
    expect(log).toEqual(["open a", "close a", "open a"]);
    await act(async () => send(-1));
    expect(renders.at(-1)).toBe("2 Error: no");
    expect(log.at(-1)).toBe("close a");
  });

  test("82. a hook whose key changes closes its source before it opens the next one", async () => {
    const log: string[] = [];
    function Price({ id }: { id: string }): ReactElement {
      const { data } = useCachedSubscription<number, string>(id, (key, { next }) => {
        log.push(`open ${key}`);
        next(key.length);
        return () => log.push(`close ${key}`);
      });
      return note(String(data));
    }
    const screen = await render(<StrictMode>{app(<Price id="a" />)}</StrictMode>);
    await screen.rerender(<StrictMode>{app(<Price id="bb" />)}</StrictMode>);
    expect(log).toEqual(["open a", "close a", "open bb"]);
    await later(1);
    expect([log.length, renders.at(-1)]).toEqual([3, "2"]);
  });

  test("a stream is shown while it comes, and is the answer at its end", async () => {
    const gates = [deferred<void>(), deferred<void>()];
    const words = streamedQuery<string, string>({
      stream: async function* stream() {
        yield "a";
        await gates[0]!.promise;
        yield "b";
        await gates[1]!.promise;
      },
      reducer: (text, word) => text + word,
      initialValue: "",
    });
    function Words(): ReactElement {
      const { data, isFetching, status } = useCachedQuery(["words"], words, { staleTime: Infinity });
      return note(`${String(data)} ${isFetching} ${status}`);
    }
    await render(app(<Words />));
    await act(settled);
    for (const gate of gates)
      await act(async () => {
        gate.resolve();
        await settled();
      });
    expect(renders).toEqual(["undefined true pending", "a true success", "ab true success", "ab false success"]);
  });

  test("whoever mounts is connected, whatever the client's defaults say of loads", async () => {
    const log: string[] = [];
    client = new QueryClient({
      cache: cacheWith({ clock }),
      defaultOptions: {
        queries: { refetchOnMount: false, staleTime: "static", refetchInterval: 10, retryOnMount: false },
      },
    });
    function Price(): ReactElement {
      const { data } = useCachedSubscription<number>("a", (_key, { next }) => {
        log.push("open");
        next(1);
        return () => log.push("close");
      });
      return note(String(data));
    }
    const screen = await render(app(<Price />));
    await later(100);
    await act(() => client.invalidateQueries());
    await screen.rerender(app(null));
    await later(1);
    await screen.rerender(app(<Price />));
    expect(log).toEqual(["open", "close", "open"]);
  });

  test("a state in the cache is shared, stays when its component is gone, and takes an updater", async () => {
    let set: (value: (before: number) => number) => void = () => undefined;
    function Count({ name }: { name: string }): ReactElement {
      const [count, setCount] = useCachedState(["count"], 1);
      set = setCount;
      return note(`${name} ${count}`);
    }
    const screen = await render(app([<Count key="1" name="one" />, <Count key="2" name="two" />]));
    await act(async () => set((before) => before + 1));
    expect(renders.slice(-2)).toEqual(["one 2", "two 2"]);
    await screen.rerender(app(null));
    await screen.rerender(app(<Count name="again" />));
    expect(renders.at(-1)).toBe("again 2");
    await act(async () => client.removeQueries(["count"]));
    expect(renders.at(-1)).toBe("again 1");
  });

  test("a state that is cleared begins anew: stored once, and the same object in every render", async () => {
    const seen = new Set<unknown>();
    function Ids(): ReactElement {
      const [ids] = useCachedState<readonly number[]>(["ids"], []);
      seen.add(ids);
      return note(`${ids.length} ids`);
    }
    const screen = await render(app([<Ids key="1" />, <Ids key="2" />]));
    await act(async () => client.clear());
    expect(client.getQueryData(["ids"])).toEqual([]);
    seen.clear();
    for (let turn = 0; turn < 3; turn++) {
      // oxlint-disable-next-line no-await-in-loop
      await screen.rerender(app([<Ids key="1" />, <Ids key="2" />]));
    }
    expect([...seen]).toEqual([client.getQueryData(["ids"])]);
  });

  test("useIsFetching counts what is loading", async () => {
    function Busy(): ReactElement {
      return note(`busy ${useIsFetching()}`);
    }
    await render(app([<Busy key="1" />, <Film key="2" />]));
    await answer("data");
    expect(renders.filter((each) => each.startsWith("busy"))).toEqual(["busy 0", "busy 1", "busy 0"]);
  });
});

describe("what a server sent", () => {
  const server = (): QueryClient => new QueryClient({ cache: cacheWith({ clock }) });

  test("73. is rendered and hydrated without a load or an error", async () => {
    const there = server();
    await there.prefetchQuery("1", () => "sent");
    const element = (own: QueryClient): ReactElement => (
      <MachoProvider client={own}>
        <Film options={{ staleTime: 60_000 }} />
      </MachoProvider>
    );
    const container = document.createElement("div");
    document.body.append(container);
    hydrate(client, JSON.parse(JSON.stringify(dehydrate(there))));
    container.innerHTML = renderToString(element(client));
    renders.length = 0;
    const errors: unknown[] = [];
    const root = await act(() =>
      hydrateRoot(container, element(client), { onRecoverableError: (each) => errors.push(each) }),
    );
    expect(container.textContent).toBe("sent idle fine");
    expect([errors, backend.count, renders]).toEqual([[], 0, ["sent idle fine"]]);
    root.unmount();
    container.remove();
  });

  test("73. is the same where nothing was prefetched, or failed, and the page loads it then", async () => {
    const there = server();
    await there.prefetchQuery("failed", () => Promise.reject(error));
    const page = (own: QueryClient): ReactElement => (
      <MachoProvider client={own}>
        <Film id="failed" />
        <Film id="unknown" />
      </MachoProvider>
    );
    const container = document.createElement("div");
    document.body.append(container);
    container.innerHTML = renderToString(page(there));
    expect(backend.count).toBe(0);
    hydrate(client, JSON.parse(JSON.stringify(dehydrate(there))));
    const errors: unknown[] = [];
    const root = await act(() =>
      hydrateRoot(container, page(client), { onRecoverableError: (each) => errors.push(each) }),
    );
    await act(() => backend.answer(0, "one"));
    await act(() => backend.answer(1, "two"));
    expect(errors).toEqual([]);
    expect(backend.requests.map(({ key }) => key)).toEqual(["failed", "unknown"]);
    expect(container.textContent).toBe("one idle finetwo idle fine");
    root.unmount();
    container.remove();
  });

  test("68. new queries are there in the render; known ones change when the page is committed", async () => {
    const there = server();
    there.setQueryData("1", "old");
    hydrate(client, dehydrate(there));
    clock.advance(10);
    there.setQueryData("1", "newer");
    there.setQueryData("2", "new");
    const state = dehydrate(there);
    function Later({ shown }: { shown: boolean }): ReactElement {
      return shown ? (
        <HydrationBoundary state={state}>
          <Film id="2" options={{ staleTime: Infinity }} />
        </HydrationBoundary>
      ) : (
        <i />
      );
    }
    const screen = await render(
      app([<Film key="1" options={{ staleTime: Infinity }} />, <Later key="2" shown={false} />]),
    );
    await screen.rerender(app([<Film key="1" options={{ staleTime: Infinity }} />, <Later key="2" shown />]));
    expect(renders).toContain("new idle fine");
    await expect.element(screen.getByText("newer idle fine")).toBeVisible();
    expect(backend.count).toBe(0);
  });

  /** A state with a load of the server that is under way. */
  function promised(gate: Deferred<string>): DehydratedState {
    const there = server();
    void there.prefetchQuery("1", () => gate.promise);
    return dehydrate(there, { pending: true });
  }

  test("69. a promise that fails leaves the load to the page's own fetcher, once", async () => {
    const gate = deferred<string>();
    hydrate(client, promised(gate));
    await render(app(<Film options={{ staleTime: Infinity }} />));
    await act(async () => {
      gate.reject(error);
      await settled();
    });
    await later(60_000);
    expect(backend.count).toBe(1);
    await answer("own");
    await later(60_000);
    expect(renders).toEqual(["undefined fetching fine", "own idle fine"]);
    expect(backend.count).toBe(1);
  });

  test("69. a promise that fails says nothing of why, and leaves nothing where nobody looks", async () => {
    const gate = deferred<string>();
    const state = promised(gate);
    hydrate(client, state);
    gate.reject(new Error("secret"));
    await settled();
    expect(client.getQueries()).toEqual([]);
    await expect(state.queries[0]!.promise).rejects.toThrow("The load failed on the server.");
  });

  test("69. a promise that is done does not flash", async () => {
    const state = promised(deferred());
    const done = Object.assign(Promise.resolve("done"), { status: "fulfilled", value: "done" });
    hydrate(client, { ...state, queries: [{ ...state.queries[0]!, promise: done }] });
    await render(app(<Film options={{ staleTime: Infinity }} />));
    expect(renders).toEqual(["done idle fine"]);
  });
});

test("a component that is given up in a transition leaves nothing behind", async () => {
  let show: (id: string) => void = () => undefined;
  function Switch(): ReactElement {
    const [id, setId] = useState("1");
    show = setId;
    return <Film id={id} options={{ staleTime: Infinity }} />;
  }
  await render(app(<Switch />));
  await answer("one");
  await act(async () => show("2"));
  await act(async () => show("1"));
  await later(1);
  expect(client.getQueries().map(({ key }) => key)).toEqual(["1"]);
});

test("34. a provider's own client is made once: neither a render nor StrictMode makes another one", async () => {
  const clients = new Set<QueryClient>();
  function Probe({ turn }: { turn: number }): ReactElement {
    const own = useQueryClient();
    useEffect(() => void clients.add(own));
    return note(String(turn));
  }
  const page = (turn: number): ReactElement => (
    <StrictMode>
      <MachoProvider cache={{ maxCacheSize: 5 + turn }}>
        <Probe turn={turn} />
      </MachoProvider>
    </StrictMode>
  );
  const screen = await render(page(1));
  await screen.rerender(page(2));
  await screen.rerender(page(3));
  expect([...clients].map(({ cache }) => cache.options.maxCacheSize)).toEqual([6]);
});

test("63. in a transition the old key stays on screen, without a fallback and without a load of it", async () => {
  let show: (id: string) => void = () => undefined;
  function Switch(): ReactElement {
    const [id, setId] = useState("1");
    const [isPending, begin] = useTransition();
    show = (next) => begin(() => setId(next));
    return (
      <Suspense fallback={<i>wait</i>}>
        <b>{isPending ? "on the way" : "there"}</b>
        <Film id={id} options={{ suspense: true }} />
      </Suspense>
    );
  }
  const screen = await render(app(<Switch />));
  await answer("one");
  await expect.element(screen.getByText("one idle fine")).toBeVisible();
  await act(async () => show("2"));
  await expect.element(screen.getByText("on the way")).toBeVisible();
  await expect.element(screen.getByText("one idle fine")).toBeVisible();
  expect(screen.getByText("wait").elements()).toEqual([]);
  await answer("two");
  await expect.element(screen.getByText("two idle fine")).toBeVisible();
  await expect.element(screen.getByText("there")).toBeVisible();
  expect(backend.requests.map(({ key }) => key)).toEqual(["1", "2"]);
});
