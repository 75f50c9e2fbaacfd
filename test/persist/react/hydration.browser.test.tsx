// What a server rendered is what its page shows first, whatever a storage holds.
import { type DehydratedState, dehydrate, hydrate, QueryClient } from "macho-cache/query";
import { persist, type Persistence } from "macho-cache/persist";
import { HydrationBoundary, MachoProvider, useCachedQueries, useCachedQuery, useCachedState } from "macho-cache/react";
import { act, type ComponentType, lazy, type ReactElement, StrictMode, Suspense } from "react";
import { hydrateRoot, type Root } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, type MockInstance, test, vi } from "vitest";
import { Backend } from "../../support/backend.ts";
import { cacheWith } from "../../support/cache-kind.ts";
import { deferred, settled } from "../../support/deferred.ts";
import { ManualClock } from "../../support/manual-clock.ts";
import { MemoryTier } from "../../support/memory-tier.ts";

const KEY = ["film", 1];

// React's own flag, by which `act` knows that it is meant.
Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });

let clock: ManualClock;
let backend: Backend;
let complaints: MockInstance;
let errors: unknown[];
let container: HTMLElement;
let root: Root | undefined;
/** What each render of a component in the page showed. */
let renders: string[];
let persistence: Persistence | undefined;

beforeEach(() => {
  clock = new ManualClock();
  backend = new Backend();
  complaints = vi.spyOn(console, "error").mockImplementation(() => undefined);
  [errors, renders, root, persistence] = [[], [], undefined, undefined];
  container = document.body.appendChild(document.createElement("div"));
});

afterEach(async () => {
  await act(async () => root?.unmount());
  await persistence?.stop();
  container.remove();
  expect(errors).toEqual([]);
  expect(complaints.mock.calls).toEqual([]);
  complaints.mockRestore();
});

const newClient = (): QueryClient => new QueryClient({ cache: cacheWith({ clock }) });
const options = { staleTime: 60_000 };

function note(text: string): ReactElement {
  renders.push(text);
  return <p>{text}</p>;
}

/** Each shows a film, by a hook of its own. */
const HOOKS: Record<string, ComponentType> = {
  useCachedQuery: Plain,
  useCachedQueries: () => {
    const [film] = useCachedQueries({ queries: [{ queryKey: KEY, fetcher: backend.fetcher, ...options }] });
    return note(`film ${String(film.data)}`);
  },
  useCachedState: () => note(`film ${useCachedState(KEY, "undefined")[0]}`),
  "useCachedQuery that is not subscribed": () =>
    note(`film ${String(useCachedQuery(KEY, backend.fetcher, { ...options, subscribed: false }).data)}`),
};
const EVERY = Object.entries({ ...HOOKS, "useCachedQuery that suspends": Suspending });
const LOADING = Object.entries({ useCachedQuery: Plain, useCachedQueries: HOOKS["useCachedQueries"]! });

function Plain(): ReactElement {
  return note(`film ${String(useCachedQuery(KEY, backend.fetcher, options).data)}`);
}

function Suspending(): ReactElement {
  const { data } = useCachedQuery(KEY, backend.fetcher as () => Promise<string>, { ...options, suspense: true });
  return note(`film ${data.trim()}`);
}

/** What a server sends of the key. */
function sent(data: unknown): DehydratedState {
  const there = newClient();
  there.setQueryData(KEY, data);
  return dehydrate(there);
}

/** A page whose storage has `data` since `age` ms. */
async function pageWithStored(data: unknown, age = 0): Promise<QueryClient> {
  const tier = new MemoryTier();
  const before = newClient();
  const stored = persist(before, { storage: tier, scope: "ada", clock });
  before.setQueryData(KEY, data, { updatedAt: clock.wallNow() - age });
  await stored.stop();
  expect(tier.records.size).toBe(1);
  const client = newClient();
  persistence = persist(client, { storage: tier, scope: "ada", clock });
  await persistence.ready;
  return client;
}

const app = (client: QueryClient, Child: ComponentType, state?: DehydratedState): ReactElement => (
  <StrictMode>
    <MachoProvider client={client}>
      <HydrationBoundary state={state}>
        <Suspense fallback="on its way">
          <Child />
        </Suspense>
      </HydrationBoundary>
    </MachoProvider>
  </StrictMode>
);

/** The document of a server whose client had this. */
function htmlOf(Child: ComponentType, state?: DehydratedState): string {
  const there = newClient();
  hydrate(there, state);
  const html = renderToString(app(there, Child));
  // React 18 warns of effects on a server, which this page stands for.
  complaints.mockClear();
  renders = [];
  return html;
}

async function hydratePage(element: ReactElement): Promise<void> {
  await act(async () => {
    root = hydrateRoot(container, element, {
      onRecoverableError: (error) => errors.push(error instanceof Error ? (error.cause ?? error) : error),
    });
  });
  await act(settled);
}

/** A component whose code comes when the test says so: its boundary hydrates then. */
function late(Child: ComponentType): { Late: ComponentType; arrive: () => Promise<void> } {
  const code = deferred<{ default: ComponentType }>();
  const Late = lazy(() => code.promise);
  return {
    Late,
    arrive: async () => {
      code.resolve({ default: Child });
      await act(settled);
      await act(settled);
    },
  };
}

describe.each(EVERY)("%s, with data of the server", (_name, Child) => {
  test.each([
    ["read when it is asked for", false],
    ["restored before the page hydrates", true],
  ])("shows the server's, though the storage holds older data that was %s", async (_when, isRestored) => {
    const client = await pageWithStored("stored", 10_000);
    const state = sent("sent");
    container.innerHTML = htmlOf(Child, state);
    expect(container.textContent).toBe("film sent");
    if (isRestored) expect(await persistence!.restore()).toBe(1);
    hydrate(client, state);
    await hydratePage(app(client, Child));
    expect([...new Set(renders), container.textContent]).toEqual(["film sent", "film sent"]);
    expect(backend.count).toBe(0);
  });

  test("shows the server's in a boundary that hydrates late, and the storage is not asked", async () => {
    const client = await pageWithStored("stored", 10_000);
    const state = sent("sent");
    container.innerHTML = htmlOf(Child, state);
    const { Late, arrive } = late(Child);
    await hydratePage(app(client, Late, state));
    await arrive();
    expect([...new Set(renders), container.textContent]).toEqual(["film sent", "film sent"]);
    expect([backend.count, persistence!.status.hits]).toEqual([0, 0]);
  });

  test("begins with the server's where data was restored that is newer, and then shows that", async () => {
    const state = sent("sent");
    clock.advance(1_000);
    const client = await pageWithStored("newer");
    container.innerHTML = htmlOf(Child, state);
    await persistence!.restore();
    hydrate(client, state);
    await hydratePage(app(client, Child));
    expect([renders[0], renders.at(-1), container.textContent]).toEqual(["film sent", "film newer", "film newer"]);
    expect(backend.count).toBe(0);
  });
});

describe.each(LOADING)("%s, without data of the server", (_name, Child) => {
  test.each([
    ["read when it is asked for", false],
    ["restored before the page hydrates", true],
  ])("hydrates as it was rendered, and then shows stored data, %s, and loads nothing", async (_when, isRestored) => {
    const client = await pageWithStored("stored");
    container.innerHTML = htmlOf(Child);
    expect(container.textContent).toBe("film undefined");
    if (isRestored) expect(await persistence!.restore()).toBe(1);
    await hydratePage(app(client, Child));
    expect([...new Set(renders), container.textContent]).toEqual(["film undefined", "film stored", "film stored"]);
    expect(backend.count).toBe(0);
  });

  test("hydrates as it was rendered in a late boundary, when another hook has shown stored data already", async () => {
    const client = await pageWithStored("stored");
    const both = (Late: ComponentType) => (): ReactElement => (
      <>
        <b>
          <Plain />
        </b>
        <Suspense fallback="on its way">
          <Late />
        </Suspense>
      </>
    );
    container.innerHTML = htmlOf(both(Child));
    const { Late, arrive } = late(Child);
    await hydratePage(app(client, both(Late)));
    expect(container.textContent).toBe("film storedfilm undefined");
    renders = [];
    await arrive();
    expect([renders[0], renders.at(-1), container.textContent]).toEqual([
      "film undefined",
      "film stored",
      "film storedfilm stored",
    ]);
    expect(backend.count).toBe(0);
  });

  test("hydrates as it was rendered, and shows stale stored data while it loads", async () => {
    const client = await pageWithStored("stored", 120_000);
    container.innerHTML = htmlOf(Child);
    await hydratePage(app(client, Child));
    expect([...new Set(renders)]).toEqual(["film undefined", "film stored"]);
    await act(() => backend.answer(0, "loaded"));
    expect([container.textContent, backend.count]).toEqual(["film loaded", 1]);
  });
});

test("a component that suspends, and was rendered with data that was not sent, hydrates with what it loads", async () => {
  const client = await pageWithStored("stored", 120_000);
  container.innerHTML = htmlOf(Suspending, sent("served"));
  await hydratePage(app(client, Suspending));
  expect([container.textContent, renders]).toEqual(["film served", []]);
  await act(() => backend.answer(0, "served"));
  expect([...new Set(renders), container.textContent]).toEqual(["film served", "film served"]);
});

test("a component that suspends, and was not rendered, shows stored data at once", async () => {
  const client = await pageWithStored("stored");
  // What React sends of a boundary that it left to the page.
  container.innerHTML = '<!--$!--><template data-dgst="1"></template>on its way<!--/$-->';
  await hydratePage(app(client, Suspending));
  // React says that the server could not finish the boundary.
  expect(errors.splice(0)).toHaveLength(1);
  expect([container.textContent, backend.count]).toEqual(["film stored", 0]);
});
