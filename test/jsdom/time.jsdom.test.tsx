import { act, fireEvent, screen } from "@testing-library/react";
import { QueryClient, type QueryOptions, useCachedQuery } from "macho-cache/react";
import type { ReactElement } from "react";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { world } from "./world.tsx";

const client = (): QueryClient =>
  new QueryClient({ cache: { exactClock: true }, random: () => 1, defaultOptions: { queries: { retry: false } } });

/** Moves time as the guide has it. */
const pass = (ms: number): Promise<void> => act(async () => void (await vi.advanceTimersByTimeAsync(ms)));

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

type Options = QueryOptions<string>;

function Film({ load, options }: { load: () => Promise<string>; options?: Options }): ReactElement {
  const { data, isStale, isFetching, failureCount, error } = useCachedQuery<string>(["film"], load, options);
  const words = [
    error instanceof Error ? error.message : (data ?? "..."),
    isStale && "stale",
    isFetching && "loading",
    failureCount || "",
  ];
  return <p>{words.filter(Boolean).join(" ")}</p>;
}

/** Answers one, two, three ... */
function counter(): ReturnType<typeof vi.fn<() => Promise<string>>> {
  let count = 0;
  return vi.fn(async () => `answer ${++count}`);
}

const shown = (): string | null | undefined => document.querySelector("p")?.textContent;

describe("with the fake timers of the test runner", () => {
  test("data is stale after its staleTime, and not before", async () => {
    world(client()).show(<Film load={counter()} options={{ staleTime: 60_000 }} />);
    await pass(0);
    expect(shown()).toBe("answer 1");
    await pass(59_000);
    expect(shown()).toBe("answer 1");
    await pass(1_000);
    expect(shown()).toBe("answer 1 stale");
  });

  test("data past its ttl is not shown any more, and is loaded again", async () => {
    const load = counter();
    world(client()).show(<Film load={load} options={{ staleTime: "static", ttl: 60_000 }} />);
    await pass(0);
    expect(shown()).toBe("answer 1");
    await pass(60_000);
    await pass(0);
    expect(shown()).toBe("answer 2");
    expect(load).toHaveBeenCalledTimes(2);
  });

  test("a poll asks once an interval, and stops with its component", async () => {
    const load = counter();
    const { unmount } = world(client()).show(
      <Film load={load} options={{ refetchInterval: 5_000, staleTime: 60_000 }} />,
    );
    await pass(0);
    for (const expected of [2, 3, 4]) {
      await pass(5_000);
      expect(load).toHaveBeenCalledTimes(expected);
    }
    unmount();
    await pass(20_000);
    expect(load).toHaveBeenCalledTimes(4);
  });

  test("a failed load is tried again after its delays, and then shows its error", async () => {
    const load = vi.fn(() => Promise.reject(new Error("no")));
    world(client()).show(<Film load={load} options={{ retry: 2 }} />);
    await pass(0);
    expect(shown()).toBe("... stale loading 1");
    await pass(1_000);
    expect(shown()).toBe("... stale loading 2");
    await pass(2_000);
    expect(shown()).toBe("no stale 3");
    expect(load).toHaveBeenCalledTimes(3);
  });

  test("a click during a load, and time that stands still, wait for nothing", async () => {
    const load = counter();
    function Page(): ReactElement {
      const { data, refetch } = useCachedQuery(["page"], load, { staleTime: 60_000 });
      return <button onClick={() => void refetch()}>{data ?? "..."}</button>;
    }
    world(client()).show(<Page />);
    await pass(0);
    fireEvent.click(screen.getByRole("button"));
    await pass(0);
    expect(screen.getByRole("button").textContent).toBe("answer 2");
  });

  test("timers that are taken away in the middle leave nothing that hangs", async () => {
    const load = counter();
    const own = client();
    const options: Options = { staleTime: 60_000, refetchInterval: 50 };
    const { unmount } = world(own).show(<Film load={load} options={options} />);
    await pass(0);
    vi.useRealTimers();
    unmount();
    await act(async () => void (await own.fetchQuery(["other"], async () => "here")));
    expect(own.getQueryData(["other"])).toBe("here");
  });
});

test("the page tells the client that it is in sight again, and off the network", async () => {
  const load = counter();
  world(client()).show(<Film load={load} />);
  await pass(1_000);
  expect(load).toHaveBeenCalledTimes(1);
  await act(async () => void document.dispatchEvent(new Event("visibilitychange")));
  await pass(0);
  expect(load).toHaveBeenCalledTimes(2);
  await act(async () => void window.dispatchEvent(new Event("offline")));
  await act(async () => void window.dispatchEvent(new Event("online")));
  await pass(0);
  expect(load).toHaveBeenCalledTimes(3);
});
