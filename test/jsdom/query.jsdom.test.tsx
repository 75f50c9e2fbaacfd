import { act, fireEvent, renderHook, screen, waitFor } from "@testing-library/react";
import {
  keepPreviousData,
  skipToken,
  useCachedInfiniteQuery,
  useCachedQueries,
  useCachedQuery,
  useCachedState,
  useIsFetching,
  usePrefetchQuery,
  useQueryClient,
} from "macho-cache/react";
import { type ReactElement, StrictMode, useState } from "react";
import { describe, expect, test, vi } from "vitest";
import { Backend } from "../support/backend.ts";
import { expectComplaint } from "../support/complaints.ts";
import { world } from "./world.tsx";

const backend = (): { backend: Backend; load: Backend["fetcher"] } => {
  const made = new Backend();
  return { backend: made, load: made.fetcher };
};

/** A page with a spinner, an error with a button, and the data. */
function Film({ id, load }: { id: string | null; load: Backend["fetcher"] }): ReactElement {
  const { data, isPending, error, refetch } = useCachedQuery(id ? ["film", id] : null, load, { staleTime: 60_000 });
  if (error) return <button onClick={() => void refetch()}>Try again</button>;
  return <h1>{isPending ? "Loading ..." : String(data)}</h1>;
}

describe("a component", () => {
  test("shows that it loads, then the data", async () => {
    const { backend: server, load } = backend();
    world().show(<Film id="1" load={load} />);
    expect(screen.getByText("Loading ...")).toBeTruthy();
    await act(() => server.answer(0, "Ran"));
    expect(screen.getByRole("heading").textContent).toBe("Ran");
  });

  test("is found by findBy, without a word about act, when the answer comes by itself", async () => {
    world().show(<Film id="1" load={async () => "Ran"} />);
    expect(await screen.findByText("Ran")).toBeTruthy();
  });

  test("loads once under StrictMode, and once for two of them", async () => {
    const load = vi.fn(async () => "Ran");
    const both = [<Film key="1" id="1" load={load} />, <Film key="2" id="1" load={load} />];
    world().show(<StrictMode>{both}</StrictMode>);
    expect(await screen.findAllByText("Ran")).toHaveLength(2);
    expect(load).toHaveBeenCalledTimes(1);
  });

  test("shows an error, and a button that tries again", async () => {
    const load = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new Error("no")).mockResolvedValueOnce("Ran");
    world().show(<Film id="1" load={load} />);
    fireEvent.click(await screen.findByRole("button", { name: "Try again" }));
    expect(screen.getByText("Loading ...")).toBeTruthy();
    expect(await screen.findByText("Ran")).toBeTruthy();
  });

  test("shows at once what the test has set, and loads nothing", () => {
    const load = vi.fn(async () => "another");
    const { client, show } = world();
    client.setQueryData(["film", "1"], "Ran");
    show(<Film id="1" load={load} />);
    expect(screen.getByRole("heading").textContent).toBe("Ran");
    expect(load).not.toHaveBeenCalled();
  });

  test("waits for a key, and shows another film when its prop changes", async () => {
    const load = vi.fn(async ([, id]: readonly unknown[]) => `film ${String(id)}`);
    const { show } = world();
    const { rerender } = show(<Film id={null} load={load as Backend["fetcher"]} />);
    expect(load).not.toHaveBeenCalled();
    rerender(<Film id="1" load={load as Backend["fetcher"]} />);
    expect(await screen.findByText("film 1")).toBeTruthy();
    rerender(<Film id="2" load={load as Backend["fetcher"]} />);
    expect(await screen.findByText("film 2")).toBeTruthy();
    rerender(<Film id="1" load={load as Backend["fetcher"]} />);
    expect(screen.getByRole("heading").textContent).toBe("film 1");
    expect(load).toHaveBeenCalledTimes(2);
  });

  test("that leaves while it loads has its load aborted", async () => {
    const { backend: server, load } = backend();
    const { unmount } = world().show(<Film id="1" load={load} />);
    unmount();
    await waitFor(() => expect(server.requests[0]?.signal?.aborted).toBe(true));
  });
});

describe("renderHook", () => {
  test("gives the result of useCachedQuery, also with an option that comes later", async () => {
    const { wrapper } = world();
    const load = vi.fn(async () => ({ title: "Ran", year: 1985 }));
    const { result, rerender } = renderHook(
      ({ enabled }) => useCachedQuery(["film"], load, { enabled, select: (film) => film.title }),
      { wrapper, initialProps: { enabled: false } },
    );
    expect(result.current).toMatchObject({ status: "pending", fetchStatus: "idle" });
    rerender({ enabled: true });
    await waitFor(() => expect(result.current.data).toBe("Ran"));
    expect(load).toHaveBeenCalledTimes(1);
  });

  test("shows the data of the key before with keepPreviousData", async () => {
    const { wrapper } = world();
    const { result, rerender } = renderHook(
      ({ page }) => useCachedQuery(["films", page], async () => `page ${page}`, { placeholderData: keepPreviousData }),
      { wrapper, initialProps: { page: 1 } },
    );
    await waitFor(() => expect(result.current.data).toBe("page 1"));
    rerender({ page: 2 });
    expect(result.current).toMatchObject({ data: "page 1", isPlaceholderData: true });
    await waitFor(() => expect(result.current).toMatchObject({ data: "page 2", isPlaceholderData: false }));
  });

  test("is idle with skipToken until there is a fetcher", async () => {
    const { wrapper } = world();
    const { result, rerender } = renderHook(
      ({ id }) => useCachedQuery(["film", id], id ? async () => `film ${id}` : skipToken),
      { wrapper, initialProps: { id: 0 } },
    );
    expect(result.current.fetchStatus).toBe("idle");
    rerender({ id: 3 });
    await waitFor(() => expect(result.current.data).toBe("film 3"));
  });

  test("outside of a provider throws an error that names it", () => {
    expectComplaint(/outside of <MachoProvider>|The above error occurred/);
    expect(() => renderHook(() => useCachedQuery("a", () => 1))).toThrow("MachoProvider");
    expect(() => renderHook(() => useQueryClient())).toThrow("MachoProvider");
  });
});

describe("hooks beside each other", () => {
  test("a query that depends on another one waits for it", async () => {
    const { wrapper } = world();
    const { result } = renderHook(
      () => {
        const user = useCachedQuery("user", async () => ({ id: 7 }));
        return useCachedQuery(user.data && ["films of", user.data.id], async ([, id]) => `films of ${id}`);
      },
      { wrapper },
    );
    await waitFor(() => expect(result.current.data).toBe("films of 7"));
  });

  test("useCachedQueries shows each as it comes, and what combine makes of them", async () => {
    const { wrapper } = world();
    const queries = [1, 2, 3].map((id) => ({ queryKey: ["n", id] as const, fetcher: async () => id }));
    const { result } = renderHook(
      () => useCachedQueries({ queries, combine: (all) => all.map(({ data }) => data ?? 0) }),
      { wrapper },
    );
    expect(result.current).toEqual([0, 0, 0]);
    await waitFor(() => expect(result.current).toEqual([1, 2, 3]));
  });

  test("a list grows by a button until there is no further page", async () => {
    function List(): ReactElement {
      const { data, hasNextPage, fetchNextPage } = useCachedInfiniteQuery(
        ["list"],
        async (_key, { pageParam }) => `page ${pageParam}`,
        { initialPageParam: 1, getNextPageParam: (_page, pages) => (pages.length < 2 ? pages.length + 1 : undefined) },
      );
      return (
        <>
          <output>{data?.pages.join()}</output>
          <button disabled={!hasNextPage} onClick={() => void fetchNextPage()}>
            More
          </button>
        </>
      );
    }
    world().show(<List />);
    await screen.findByText("page 1");
    fireEvent.click(screen.getByRole("button"));
    expect(await screen.findByText("page 1,page 2")).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>("button").disabled).toBe(true);
  });

  test("useCachedState is one state for two components, and is there after a remount", () => {
    function Name({ label }: { label: string }): ReactElement {
      const [name, setName] = useCachedState("name", "");
      return <input aria-label={label} value={name} onChange={(event) => setName(event.target.value)} />;
    }
    const { show } = world();
    const both = [<Name key="1" label="one" />, <Name key="2" label="other" />];
    const { unmount } = show(<div>{both}</div>);
    fireEvent.change(screen.getByLabelText("one"), { target: { value: "Ada" } });
    expect(screen.getByLabelText<HTMLInputElement>("other").value).toBe("Ada");
    unmount();
    show(<Name label="one" />);
    expect(screen.getByLabelText<HTMLInputElement>("one").value).toBe("Ada");
  });

  test("useIsFetching counts, and usePrefetchQuery begins before its child asks", async () => {
    const { backend: server, load } = backend();
    function Page(): ReactElement {
      usePrefetchQuery({ queryKey: ["film", "1"], fetcher: load });
      const loading = useIsFetching();
      const [open, setOpen] = useState(false);
      return (
        <>
          <output>{loading} loading</output>
          <button onClick={() => setOpen(true)}>Open</button>
          {open && <Film id="1" load={load} />}
        </>
      );
    }
    world().show(<Page />);
    expect(await screen.findByText("1 loading")).toBeTruthy();
    fireEvent.click(screen.getByRole("button"));
    await act(() => server.answer(0, "Ran"));
    expect(screen.getByRole("heading").textContent).toBe("Ran");
    expect(screen.getByText("0 loading")).toBeTruthy();
    expect(server.count).toBe(1);
  });
});
