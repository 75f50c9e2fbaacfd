import { QueryClient } from "macho-cache/query";
import { MachoProvider, useCachedQuery } from "macho-cache/react";
import {
  type ComponentType,
  lazy,
  type ReactElement,
  type ReactNode,
  startTransition,
  StrictMode,
  Suspense,
  useLayoutEffect,
  useState,
} from "react";
import { beforeEach, expect, test } from "vitest";
import { render } from "vitest-browser-react";
import { cacheWith } from "../support/cache-kind.ts";
import { Backend } from "../support/backend.ts";
import { deferred } from "../support/deferred.ts";
import { ManualClock } from "../support/manual-clock.ts";

let clock: ManualClock;
let backend: Backend;
let client: QueryClient;

beforeEach(() => {
  clock = new ManualClock();
  backend = new Backend();
  client = new QueryClient({ cache: cacheWith({ clock }), defaultOptions: { queries: { staleTime: Infinity } } });
});

function Film({ id = 1 }: { id?: number }): ReactElement {
  const { data, status } = useCachedQuery(["film", id], backend.fetcher);
  return <p>{`film ${id}: ${status} ${String(data)}`}</p>;
}

const app = (children: ReactNode): ReactElement => (
  <StrictMode>
    <MachoProvider client={client}>{children}</MachoProvider>
  </StrictMode>
);

test("a render that is thrown away loads nothing and leaves nothing behind", async () => {
  const code = deferred<{ default: ComponentType }>();
  const Late = lazy(() => code.promise);
  const screen = await render(
    app(
      <Suspense fallback="waiting">
        <Film />
        <Late />
      </Suspense>,
    ),
  );
  await expect.element(screen.getByText("waiting")).toBeVisible();
  expect(backend.count).toBe(0);
  expect(client.getQueries()).toEqual([]);
  expect(client.cache.metrics.gets).toBe(0);
  expect(clock.timers).toEqual([]);
  code.resolve({ default: () => <p>late</p> });
  await expect.element(screen.getByText("late")).toBeVisible();
  await expect.poll(() => backend.count).toBe(1);
});

test("data that changes in the middle of a concurrent render never shows old and new at once", async () => {
  client.setQueryData(["film", 1], "old");
  let show: (shown: boolean) => void = () => undefined;
  const commits: string[] = [];
  let wrote = false;
  /** Stands for a write between two slices of the render. */
  function Writer(): null {
    if (!wrote) client.setQueryData(["film", 1], "new");
    wrote = true;
    return null;
  }
  function Root(): ReactElement {
    const [isShown, setShown] = useState(false);
    show = setShown;
    useLayoutEffect(() => void commits.push(document.querySelector("main")?.textContent ?? ""));
    return (
      <main>
        {isShown && <Film />}
        {isShown && <Writer />}
        {isShown && <Film />}
      </main>
    );
  }
  const screen = await render(<MachoProvider client={client}>{<Root />}</MachoProvider>);
  startTransition(() => show(true));
  await expect.element(screen.getByText("film 1: success new").first()).toBeVisible();
  expect(new Set(commits)).toEqual(new Set(["", "film 1: success newfilm 1: success new"]));
});

test("a key that is left and taken up again in one task goes on with its load", async () => {
  const screen = await render(app(<Film id={1} />));
  await screen.rerender(app(<Film id={2} />));
  await screen.rerender(app(<Film id={1} />));
  clock.advance(1);
  expect(backend.requests.map(({ signal }) => signal?.aborted)).toEqual([false, true]);
  await backend.answer(0, "one");
  await expect.element(screen.getByText("film 1: success one")).toBeVisible();
});

test("a component that is replaced by another one of the same key hands its load over", async () => {
  const screen = await render(app(<Film key="one" />));
  await screen.rerender(app(<Film key="other" />));
  clock.advance(1);
  expect(backend.requests.map(({ signal }) => signal?.aborted)).toEqual([false]);
  await backend.answer(0, "one");
  await expect.element(screen.getByText("film 1: success one")).toBeVisible();
});

test("a load that failed after its component went is made again for the next one, also in the same task", async () => {
  client = new QueryClient({ cache: cacheWith({ clock }), defaultOptions: { queries: { retry: false } } });
  const screen = await render(app(<Film />));
  await screen.rerender(app(null));
  await backend.fail(0, new Error("no"));
  await screen.rerender(app(<Film />));
  clock.advance(1);
  expect(backend.count).toBe(2);
  expect(backend.requests[1]?.signal?.aborted).toBe(false);
});
