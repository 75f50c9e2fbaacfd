import { act, fireEvent, render, screen } from "@testing-library/react";
import { Cache } from "macho-cache";
import { MachoDevtools } from "macho-cache/devtools";
import { mountDevtools } from "macho-cache/devtools/mount";
import { s3fifo } from "macho-cache/policies";
import { MachoProvider, QueryClient, useCachedMutation, useCachedQuery } from "macho-cache/react";

function Film({ load }) {
  const { data, isPending } = useCachedQuery(["film", 1], load, { refetchInterval: 5_000, retry: false });
  const { mutate } = useCachedMutation({
    mutationFn: async () => "Ikiru",
    onSuccess: (title, _, __, { client }) => client.setQueryData(["film", 1], title),
  });
  return <button onClick={() => mutate()}>{isPending ? "Loading ..." : data}</button>;
}

const app = (load, client = new QueryClient()) => (
  <MachoProvider client={client}>
    <Film load={load} />
    <MachoDevtools initialIsOpen />
  </MachoProvider>
);

let complaints;
beforeEach(() => {
  complaints = jest.spyOn(console, "error").mockImplementation(() => undefined);
  jest.spyOn(console, "warn").mockImplementation(() => undefined);
});
afterEach(() => {
  jest.useRealTimers();
  expect(complaints.mock.calls).toEqual([]);
});

test("a component shows what it loads, and what a mutation makes of it", async () => {
  render(app(async () => "Ran"));
  fireEvent.click(await screen.findByText("Ran"));
  expect(await screen.findByText("Ikiru")).toBeTruthy();
});

test("Jest's fake timers move a poll", async () => {
  jest.useFakeTimers();
  let count = 0;
  render(app(async () => `load ${++count}`, new QueryClient({ cache: { exactClock: true } })));
  await act(() => jest.advanceTimersByTimeAsync(0));
  expect(screen.getByRole("button").textContent).toBe("load 1");
  await act(() => jest.advanceTimersByTimeAsync(5_000));
  expect(screen.getByRole("button").textContent).toBe("load 2");
});

test("the devtools are no trouble, and their undo leaves nothing", async () => {
  const undo = mountDevtools(new QueryClient(), { initialIsOpen: true });
  await act(() => new Promise((done) => setTimeout(done, 100)));
  undo();
  expect(document.querySelector("macho-devtools")).toBe(null);
});

test("the engine is there, with its policies", () => {
  const cache = new Cache({ maxCacheSize: 1, strategy: s3fifo() });
  expect(cache.set("a", 1).set("b", 2).size).toBe(1);
});
