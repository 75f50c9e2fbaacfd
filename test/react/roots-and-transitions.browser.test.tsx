import { QueryClient } from "macho-cache/query";
import { MachoProvider, useCachedQuery } from "macho-cache/react";
import { type ReactElement, startTransition, StrictMode, useDeferredValue, useState } from "react";
import { beforeEach, expect, test } from "vitest";
import { render } from "vitest-browser-react";
import { cacheWith } from "../support/cache-kind.ts";
import { Backend } from "../support/backend.ts";
import { ManualClock } from "../support/manual-clock.ts";

let clock: ManualClock;
let backend: Backend;
let client: QueryClient;

beforeEach(() => {
  clock = new ManualClock();
  backend = new Backend();
  client = new QueryClient({ cache: cacheWith({ clock }), defaultOptions: { queries: { staleTime: Infinity } } });
});

function Film({ id }: { id: number }): ReactElement {
  const { data, status } = useCachedQuery(["film", id], backend.fetcher);
  return <p>{`film ${id}: ${status} ${String(data)}`}</p>;
}

const app = (own: QueryClient, id = 1): ReactElement => (
  <StrictMode>
    <MachoProvider client={own}>
      <Film id={id} />
    </MachoProvider>
  </StrictMode>
);

test("two roots over one client share loads and data, and one that goes leaves the other alone", async () => {
  // With a cache of its own, whose timer runs while a root is mounted.
  client = new QueryClient({ cache: { clock }, defaultOptions: { queries: { staleTime: Infinity } } });
  const one = await render(app(client), { container: document.body.appendChild(document.createElement("div")) });
  const other = await render(app(client), { container: document.body.appendChild(document.createElement("div")) });
  expect(backend.count).toBe(1);
  await one.unmount();
  clock.advance(1);
  expect(backend.requests[0]?.signal?.aborted).toBe(false);
  await backend.answer(0, "Ran");
  await expect.element(other.getByText("film 1: success Ran")).toBeVisible();
  expect(client.getQueries()).toMatchObject([{ observerCount: 1 }]);
  client.setQueryData("timed", 1, { ttl: 50 });
  expect(clock.timers).toHaveLength(1);
  await other.unmount();
  expect(clock.timers).toHaveLength(0);
});

test("two providers with clients of their own share nothing", async () => {
  const second = new QueryClient({ cache: cacheWith({ clock }) });
  const screen = await render(
    <>
      {app(client)}
      {app(second)}
    </>,
  );
  expect(backend.count).toBe(2);
  await backend.answer(0, "one");
  await backend.answer(1, "two");
  await expect.element(screen.getByText("film 1: success one")).toBeVisible();
  await expect.element(screen.getByText("film 1: success two")).toBeVisible();
});

test("another client under the same provider is followed, and the old one is left", async () => {
  const second = new QueryClient({ cache: cacheWith({ clock }) });
  const screen = await render(app(client));
  await screen.rerender(app(second));
  expect(backend.count).toBe(2);
  expect(client.getQueries().map(({ observerCount }) => observerCount)).toEqual([0]);
  clock.advance(1);
  expect(backend.requests.map(({ signal }) => signal?.aborted)).toEqual([true, false]);
});

test("a transition to another key starts one load, and ends with its data", async () => {
  let choose: (id: number) => void = () => undefined;
  function Choice(): ReactElement {
    const [id, setId] = useState(1);
    choose = (next) => startTransition(() => setId(next));
    return <Film id={id} />;
  }
  const screen = await render(
    <StrictMode>
      <MachoProvider client={client}>
        <Choice />
      </MachoProvider>
    </StrictMode>,
  );
  await backend.answer(0, "one");
  choose(2);
  await expect.element(screen.getByText("film 2: pending undefined")).toBeVisible();
  choose(3);
  await expect.element(screen.getByText("film 3: pending undefined")).toBeVisible();
  clock.advance(1);
  expect(backend.requests.map(({ key, signal }) => [key, signal?.aborted])).toEqual([
    [["film", 1], false],
    [["film", 2], true],
    [["film", 3], false],
  ]);
  await backend.answer(1, "late");
  await backend.answer(2, "three");
  await expect.element(screen.getByText("film 3: success three")).toBeVisible();
});

test("63. a deferred value asks for each key that it settles on once, and never shows an older one's answer", async () => {
  let type: (text: string) => void = () => undefined;
  const shown: string[] = [];
  function Search(): ReactElement {
    const [text, setText] = useState("a");
    type = setText;
    const deferred = useDeferredValue(text);
    const { data } = useCachedQuery(["search", deferred], backend.fetcher);
    if (typeof data === "string") shown.push(`${deferred}=${data}`);
    return <p>{`${deferred}: ${data as string}`}</p>;
  }
  const screen = await render(
    <MachoProvider client={client}>
      <Search />
    </MachoProvider>,
  );
  await backend.answer(0, "A");
  type("ab");
  await expect.element(screen.getByText("ab: undefined")).toBeVisible();
  await backend.answer(1, "AB");
  await expect.element(screen.getByText("ab: AB")).toBeVisible();
  type("a");
  await expect.element(screen.getByText("a: A")).toBeVisible();
  expect(backend.count).toBe(2);
  expect(new Set(shown)).toEqual(new Set(["a=A", "ab=AB"]));
});
