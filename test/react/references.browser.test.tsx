// References change only with news.
import { keepPreviousData, type QueryOptions, type QueryResult, suspensionOf } from "macho-cache/query";
import { useCachedQueries, useCachedQuery } from "macho-cache/react";
import { type ReactElement, useEffect, useReducer } from "react";
import { beforeEach, describe, expect, test } from "vitest";
import { render } from "vitest-browser-react";
import { act } from "../support/act.ts";
import { Boundary, Page } from "../support/page.tsx";

let page: Page;
/** The different references that a component was shown. */
let shown: Set<unknown>;

beforeEach(() => {
  page = new Page();
  shown = new Set();
});

/** An effect that renders again whenever its data is another one, as people write it: it must not loop. */
function useLoop(data: unknown): void {
  const [turn, again] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    if (turn > 50) throw new Error("it loops");
    again();
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- As the effect that is meant.
  }, [data]);
}

function Shown({ id = "film", options }: { id?: string; options: () => QueryOptions }): ReactElement {
  const { data } = useCachedQuery(id, page.backend.fetcher, options());
  useLoop(data);
  shown.add(data);
  return page.note(JSON.stringify(data));
}

describe("placeholderData", () => {
  test.each<[string, () => QueryOptions<{ id: number }[]>]>([
    ["a list", () => ({ placeholderData: [{ id: 1 }] })],
    ["a function", () => ({ placeholderData: () => [{ id: 1 }] })],
    ["a list that goes through a select", () => ({ placeholderData: [{ id: 1 }], select: (all) => [...all] })],
  ])("114. that is written anew in each render is one reference: %s", async (_what, options) => {
    const screen = await render(page.app(<Shown options={options} />));
    await screen.rerender(page.app(<Shown options={options} />));
    expect(shown.size).toBe(1);
  });

  test("114. that says something else shares what is equal", async () => {
    const options = (id: number) => (): QueryOptions => ({ placeholderData: { same: { a: 1 }, id } });
    const screen = await render(page.app(<Shown options={options(1)} />));
    await screen.rerender(page.app(<Shown options={options(2)} />));
    const [one, other] = [...shown] as { same: object; id: number }[];
    expect(shown.size).toBe(2);
    expect([one?.id, other?.id]).toEqual([1, 2]);
    expect(other?.same).toBe(one?.same);
  });

  test("114. is the reference of an answer that equals it, and of what is equal in later ones", async () => {
    const options = (): QueryOptions => ({ placeholderData: { list: [1, 2], more: { a: 1 } } });
    const screen = await render(page.app(<Shown options={options} />));
    await page.answer({ list: [1, 2], more: { a: 1 } });
    expect(shown.size).toBe(1);
    await screen.rerender(page.app(<Shown options={options} />));
    await act(() => void page.client.setQueryData("film", { list: [1, 2], more: { a: 2 } }));
    const [first, second] = [...shown] as { list: object; more: object }[];
    expect(shown.size).toBe(2);
    expect(second?.list).toBe(first?.list);
    expect(second?.more).toEqual({ a: 2 });
  });

  test("114. of the key before is the reference of an equal answer of the next one, also behind a select", async () => {
    const options = (): QueryOptions => ({
      placeholderData: keepPreviousData,
      select: ({ list }: { list: object }) => ({ list }),
    });
    const screen = await render(page.app(<Shown id="one" options={options} />));
    await page.answer({ list: [1] });
    await screen.rerender(page.app(<Shown id="two" options={options} />));
    await page.answer({ list: [1] });
    await screen.rerender(page.app(<Shown id="two" options={options} />));
    expect([...shown]).toEqual([undefined, { list: [1] }]);
  });

  test("114. is taken as it is without sharing", async () => {
    const options = (): QueryOptions => ({ placeholderData: () => [1], structuralSharing: false });
    const screen = await render(page.app(<NoLoop options={options} />));
    await screen.rerender(page.app(<NoLoop options={options} />));
    expect(shown.size).toBeGreaterThan(1);
  });

  function NoLoop({ options }: { options: () => QueryOptions }): ReactElement {
    const { data } = useCachedQuery("film", page.backend.fetcher, options());
    shown.add(data);
    return page.note(JSON.stringify(data));
  }
});

describe("combine", () => {
  type Results = readonly QueryResult<unknown>[];
  function Combined({ combine }: { combine: (results: Results) => unknown }): ReactElement {
    const queries = ["a", "b"].map((key) => ({ queryKey: [key], fetcher: page.backend.fetcher, staleTime: Infinity }));
    const combined = useCachedQueries({ queries, combine });
    useLoop(combined);
    shown.add(combined);
    return page.note(JSON.stringify(combined));
  }

  test("115. gives one reference as long as it says the same, though written anew in each render", async () => {
    const combine = (): ((results: Results) => unknown) => (results) => ({ titles: results.map(({ data }) => data) });
    const screen = await render(page.app(<Combined combine={combine()} />));
    await screen.rerender(page.app(<Combined combine={combine()} />));
    expect(shown.size).toBe(1);
    await page.answer("A", 0);
    await page.answer("B", 1);
    expect([...shown].at(-1)).toEqual({ titles: ["A", "B"] });
    expect(shown.size).toBe(3);
  });

  test("115. with a constant output renders once, whatever its queries do", async () => {
    function Constant(): ReactElement {
      const queries = ["a", "b"].map((key) => ({ queryKey: [key], fetcher: page.backend.fetcher }));
      return page.note(
        useCachedQueries({ queries, combine: (results) => results.map(({ data }) => data).length }).toString(),
      );
    }
    await render(page.app(<Constant />));
    await page.answer("A", 0);
    await page.answer("B", 1);
    await act(() => void page.client.invalidateQueries());
    expect(page.renders).toEqual(["2"]);
  });

  test("115. may give results themselves, whose fields are still told when they are read", async () => {
    const first = (results: Results): { first: QueryResult<unknown> } => ({ first: results[0]! });
    function First(): ReactElement {
      const queries = ["a", "b"].map((key) => ({
        queryKey: [key],
        fetcher: page.backend.fetcher,
        staleTime: Infinity,
      }));
      return page.note(String(useCachedQueries({ queries, combine: first }).first.data));
    }
    await render(page.app(<First />));
    await page.answer("A", 0);
    await act(() => void page.client.setQueryData(["a"], "newer"));
    expect(page.renders).toEqual(["undefined", "A", "newer"]);
  });

  test("115. that throws does so where the hook renders, and works again with the next function", async () => {
    const list = (combine: (results: Results) => unknown): ReactElement =>
      page.app(
        <Boundary>
          <Combined combine={combine} />
        </Boundary>,
      );
    const screen = await render(list((results) => results.length));
    const throws = (): never => {
      throw new Error("no");
    };
    await screen.rerender(list(throws));
    expect(screen.container.textContent).toBe("failed: no");
    await screen.rerender(list((results) => `${results.length} again`));
    await screen.getByRole("button").click();
    expect(screen.container.textContent).toBe('"2 again"');
  });
});

test("116. what select makes keeps its references, where the function is written anew in each render", async () => {
  const options = (): QueryOptions => ({
    select: (all: { id: number }[]) => all.filter(({ id }) => id > 1),
    staleTime: Infinity,
  });
  const screen = await render(page.app(<Shown options={options} />));
  await page.answer([{ id: 1 }, { id: 2 }]);
  await screen.rerender(page.app(<Shown options={options} />));
  await act(() => void page.client.setQueryData("film", [{ id: 0 }, { id: 2 }]));
  expect([...shown]).toEqual([undefined, [{ id: 2 }]]);
});

test("117. a default placeholder keeps no hook from suspending, and one of its own does", async () => {
  page = new Page({ retry: false, placeholderData: "default", suspense: false });
  const own = page.client.observe("own", page.backend.fetcher, { suspense: true, placeholderData: "own" });
  const none = page.client.observe("none", page.backend.fetcher, { suspense: true });
  const plain = page.client.observe("plain", page.backend.fetcher);
  expect(own.getResult()).toMatchObject({ data: "own", isPlaceholderData: true });
  expect(none.getResult()).toMatchObject({ data: undefined, status: "pending" });
  expect(plain.getResult()).toMatchObject({ data: "default", isPlaceholderData: true });
  expect(suspensionOf(none)).toBeInstanceOf(Promise);
  expect(suspensionOf(own)).toBeUndefined();
});

test("118. data under a hook that suspends is fresh for a second at least: what a loader brought is not loaded twice", async () => {
  await page.client.prefetchQuery("film", () => "Ran");
  page.clock.advance(900);
  const film = page.app(<Suspended />);
  const screen = await render(film);
  expect(page.backend.count).toBe(0);
  await screen.unmount();
  page.clock.advance(200);
  await render(film);
  expect(page.backend.count).toBe(1);
});

function Suspended(): ReactElement {
  return page.note(String(useCachedQuery("film", page.backend.fetcher, { suspense: true }).data));
}
