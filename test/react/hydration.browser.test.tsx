import {
  type DehydratedState,
  dehydrate,
  hydrate,
  hydrateScripts,
  type Pages,
  QueryClient,
  readScript,
  toScript,
} from "macho-cache/query";
import {
  DehydratedScript,
  HydrationBoundary,
  MachoProvider,
  useCachedInfiniteQuery,
  useCachedQueries,
  useCachedQuery,
  useCachedState,
  useCachedSubscription,
  useIsFetching,
  useMutationState,
  usePrefetchQuery,
} from "macho-cache/react";
import { act, type ComponentType, lazy, type ReactElement, StrictMode, Suspense } from "react";
import { hydrateRoot, type Root } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, describe, expect, type MockInstance, test, vi } from "vitest";
import { cacheWith } from "../support/cache-kind.ts";
import { Backend } from "../support/backend.ts";
import { type Deferred, deferred, settled } from "../support/deferred.ts";
import { ManualClock } from "../support/manual-clock.ts";

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

beforeEach(() => {
  clock = new ManualClock();
  backend = new Backend();
  complaints = vi.spyOn(console, "error").mockImplementation(() => undefined);
  [errors, renders, root] = [[], [], undefined];
  container = document.body.appendChild(document.createElement("div"));
});

afterEach(async () => {
  await act(async () => root?.unmount());
  container.remove();
  expect(errors).toEqual([]);
  expect(complaints.mock.calls).toEqual([]);
  complaints.mockRestore();
});

const newClient = (): QueryClient => new QueryClient({ cache: cacheWith({ clock }) });

/** What a server sends of a key that has data there. */
function stateOf(data: unknown, key: readonly unknown[] = KEY): DehydratedState {
  const there = newClient();
  there.setQueryData(key, data);
  return dehydrate(there);
}

/** What it sends of one that is loading. */
function streamed(): { load: Deferred<unknown>; state: DehydratedState } {
  const there = newClient();
  const load = deferred<unknown>();
  void there.prefetchQuery(KEY, () => load.promise);
  return { load, state: dehydrate(there, { pending: true }) };
}

function note(text: string): ReactElement {
  renders.push(text);
  return <p>{text}</p>;
}

const options = { staleTime: 60_000 };

/** Each shows a list of films, by a hook of its own. */
const HOOKS: Record<string, ComponentType> = {
  useCachedQuery: () => note(`films ${String(useCachedQuery(KEY, backend.fetcher, options).data)}`),
  "useCachedQuery that suspends": () => {
    const { data } = useCachedQuery(KEY, backend.fetcher as () => Promise<string>, { ...options, suspense: true });
    return note(`films ${data.trim()}`);
  },
  useCachedQueries: () => {
    const [film] = useCachedQueries({ queries: [{ queryKey: KEY, fetcher: backend.fetcher, ...options }] });
    return note(`films ${String(film.data)}`);
  },
  "useCachedQueries with combine": () => {
    const combine = ([film]: { data: unknown }[]): string => `films ${String(film?.data)}`;
    const queries = [{ queryKey: KEY, fetcher: backend.fetcher, ...options }];
    return note(useCachedQueries({ queries, combine }));
  },
  useCachedState: () => note(`films ${useCachedState(KEY, "undefined")[0]}`),
  useCachedSubscription: () => note(`films ${String(useCachedSubscription<string>(KEY, () => () => undefined).data)}`),
  "useCachedQuery that is not subscribed": () => {
    return note(`films ${String(useCachedQuery(KEY, backend.fetcher, { ...options, subscribed: false }).data)}`);
  },
  "useCachedQuery behind a HydrationBoundary of its own": () => (
    <HydrationBoundary state={undefined}>
      <Plain />
    </HydrationBoundary>
  ),
};

function Plain(): ReactElement {
  return note(`films ${String(useCachedQuery(KEY, backend.fetcher, options).data)}`);
}

/** The document of a server whose client had this. */
function htmlOf(element: (client: QueryClient) => ReactElement, state?: DehydratedState): string {
  const there = newClient();
  hydrate(there, state);
  const html = renderToString(element(there));
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
}

const app = (client: QueryClient, Child: ComponentType): ReactElement => (
  <StrictMode>
    <MachoProvider client={client}>
      <Suspense fallback="on its way">
        <Child />
      </Suspense>
    </MachoProvider>
  </StrictMode>
);

/** A component whose code comes when the test says so: its boundary hydrates then. */
function late(Child: ComponentType): { Late: ComponentType; arrive: () => Promise<void> } {
  const code = deferred<{ default: ComponentType }>();
  const Late = lazy(() => code.promise);
  return {
    Late,
    arrive: async () => {
      code.resolve({ default: Child });
      await act(settled);
    },
  };
}

describe.each(Object.entries(HOOKS))("%s", (_name, Child) => {
  test("122. hydrates with what a promise brought that came before the page hydrated", async () => {
    container.innerHTML = htmlOf((there) => app(there, Child), stateOf("streamed"));
    expect(container.textContent).toBe("films streamed");
    const client = newClient();
    const { load, state } = streamed();
    hydrate(client, state);
    load.resolve("streamed");
    await settled();
    await hydratePage(app(client, Child));
    expect(new Set(renders)).toEqual(new Set(["films streamed"]));
    expect(backend.count).toBe(0);
  });

  test("122. hydrates with what came between its page and its boundary", async () => {
    container.innerHTML = htmlOf((there) => app(there, Child), stateOf("streamed"));
    const client = newClient();
    const { load, state } = streamed();
    const { Late, arrive } = late(Child);
    await hydratePage(
      <StrictMode>
        <MachoProvider client={client}>
          <HydrationBoundary state={state}>
            <Suspense fallback="on its way">
              <Late />
            </Suspense>
          </HydrationBoundary>
        </MachoProvider>
      </StrictMode>,
    );
    load.resolve("streamed");
    await act(settled);
    await arrive();
    expect(new Set(renders)).toEqual(new Set(["films streamed"]));
    expect(backend.count).toBe(0);
  });
});

const EVERY = Object.entries(HOOKS);

test.each(EVERY)(
  "124. %s begins with what the server sent where the page has newer data, and then shows that",
  async (_name, Child) => {
    const sent = stateOf("sent");
    container.innerHTML = htmlOf((there) => app(there, Child), sent);
    const client = newClient();
    const { Late, arrive } = late(Child);
    hydrate(client, sent);
    await hydratePage(app(client, Late));
    clock.advance(1);
    client.setQueryData(KEY, "newer");
    await arrive();
    expect([renders[0], renders.at(-1), container.textContent]).toEqual(["films sent", "films newer", "films newer"]);
    expect(backend.count).toBe(0);
  },
);

test("124. a page hydrates with more than its cache holds", async () => {
  const keys = [1, 2, 3].map((id) => ["film", id]);
  function Row({ of }: { of: readonly unknown[] }): ReactElement {
    return note(`${String(useCachedQuery(of, backend.fetcher, options).data)} `);
  }
  const list = (client: QueryClient): ReactElement => (
    <MachoProvider client={client}>
      {keys.map((key) => (
        <Row key={key.join()} of={key} />
      ))}
    </MachoProvider>
  );
  const there = newClient();
  for (const key of keys) there.setQueryData(key, `sent ${key[1]}`);
  const state = dehydrate(there);
  container.innerHTML = htmlOf(list, state);
  const small = new QueryClient({ cache: cacheWith({ clock, maxCacheSize: 1 }) });
  hydrate(small, state);
  await hydratePage(list(small));
  expect(renders.slice(0, 3)).toEqual(["sent 1 ", "sent 2 ", "sent 3 "]);
});

test("122. a list of pages hydrates with what a promise brought", async () => {
  function List(): ReactElement {
    const { data, hasNextPage } = useCachedInfiniteQuery(KEY, backend.fetcher as () => Promise<string>, {
      initialPageParam: 0,
      getNextPageParam: (_page, _all, param: number) => param + 1,
      staleTime: 60_000,
      suspense: true,
    });
    return note(`${data.pages.join()} ${hasNextPage}`);
  }
  const pages: Pages<string, number> = { pages: ["Ran", "Ikiru"], pageParams: [0, 1] };
  container.innerHTML = htmlOf((there) => app(there, List), stateOf(pages));
  const client = newClient();
  const { load, state } = streamed();
  hydrate(client, state);
  load.resolve(pages);
  await settled();
  await hydratePage(app(client, List));
  expect([...new Set(renders), backend.count]).toEqual(["Ran,Ikiru true", 0]);
});

test("a component that suspends waits while it hydrates for a promise that has not come yet", async () => {
  const Child = HOOKS["useCachedQuery that suspends"]!;
  container.innerHTML = htmlOf((there) => app(there, Child), stateOf("streamed"));
  const client = newClient();
  const { load, state } = streamed();
  hydrate(client, state);
  await hydratePage(app(client, Child));
  expect([container.textContent, renders]).toEqual(["films streamed", []]);
  load.resolve("streamed");
  await act(settled);
  expect([...new Set(renders), backend.count]).toEqual(["films streamed", 0]);
});

test("123. a component whose promise failed on the server is rendered by the page, by a load of its own", async () => {
  const Child = HOOKS["useCachedQuery that suspends"]!;
  const client = newClient();
  const { load, state } = streamed();
  hydrate(client, state);
  // What React sends of a boundary whose component failed.
  container.innerHTML = '<!--$!--><template data-dgst="1"></template>on its way<!--/$-->';
  await hydratePage(app(client, Child));
  // React says that the server could not finish the boundary.
  expect(errors.splice(0)).toHaveLength(1);
  load.reject(new Error("of the server"));
  await act(settled);
  expect([backend.count, container.textContent]).toEqual([1, "on its way"]);
  await act(() => backend.answer(0, "own"));
  expect(container.textContent).toBe("films own");
});

test("a component that suspends hydrates with what the page loaded where nothing was sent", async () => {
  const Child = HOOKS["useCachedQuery that suspends"]!;
  container.innerHTML = htmlOf((there) => app(there, Child), stateOf("same"));
  const client = newClient();
  const { Late, arrive } = late(Child);
  await hydratePage(app(client, Late));
  client.setQueryData(KEY, "same");
  await arrive();
  expect([...new Set(renders)]).toEqual(["films same"]);
});

test("a component that suspends, and is disabled, hydrates as the server rendered it: without data", async () => {
  function Child(): ReactElement {
    const { data } = useCachedQuery(KEY, backend.fetcher, { suspense: true, enabled: false });
    return note(`films ${String(data)}`);
  }
  container.innerHTML = htmlOf((there) => app(there, Child));
  const client = newClient();
  client.setQueryData(KEY, "here");
  await hydratePage(app(client, Child));
  expect([renders[0], container.textContent]).toEqual(["films undefined", "films here"]);
});

test("125. a count of loads is 0 on a server, and when its page hydrates", async () => {
  function Busy(): ReactElement {
    return note(`busy ${useIsFetching()}`);
  }
  const { state } = streamed();
  const page = (client: QueryClient, Child: ComponentType): ReactElement => (
    <MachoProvider client={client}>
      <HydrationBoundary state={state}>
        <Suspense fallback="on its way">
          <Child />
        </Suspense>
      </HydrationBoundary>
    </MachoProvider>
  );
  container.innerHTML = htmlOf((there) => page(there, Busy));
  expect(container.textContent).toBe("busy 0");
  const { Late, arrive } = late(Busy);
  await hydratePage(page(newClient(), Late));
  await arrive();
  expect([...new Set(renders)]).toEqual(["busy 0", "busy 1"]);
});

test("what mutations a page has is nothing while it hydrates", async () => {
  function Saved(): ReactElement {
    return note(`saved ${useMutationState().length}`);
  }
  container.innerHTML = htmlOf((there) => app(there, Saved));
  await hydratePage(app(newClient(), Saved));
  expect([...new Set(renders)]).toEqual(["saved 0"]);
});

test("a prefetch of a component that hydrates leaves a streamed promise, and what it brought, alone", async () => {
  function Prefetches(): ReactElement {
    usePrefetchQuery(KEY, backend.fetcher);
    return <Plain />;
  }
  container.innerHTML = htmlOf((there) => app(there, Prefetches), stateOf("streamed"));
  const client = newClient();
  const { load, state } = streamed();
  hydrate(client, state);
  load.resolve("streamed");
  await settled();
  await hydratePage(app(client, Prefetches));
  expect([...new Set(renders), backend.count]).toEqual(["films streamed", 0]);
});

describe("a data block in the tree", () => {
  const page = (client: QueryClient, name?: string): ReactElement => (
    <MachoProvider client={client}>
      <Plain />
      <DehydratedScript name={name} />
    </MachoProvider>
  );
  /** The document of a server. This page has one, so that the block is put there by hand. */
  const show = (state: DehydratedState, name?: string): void => {
    const block = toScript(state, { name });
    container.innerHTML = htmlOf((there) => page(there, name), state).replace(/<script.*<\/script>/, block);
  };
  let warnings: MockInstance;

  beforeEach(() => {
    warnings = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  });

  afterEach(() => warnings.mockRestore());

  test("129. that nobody reads says so on the console, once, and what to call", async () => {
    for (let turn = 0; turn < 2; turn++) {
      show(stateOf("sent"), "cart");
      // oxlint-disable-next-line no-await-in-loop
      await hydratePage(page(newClient(), "cart"));
      // oxlint-disable-next-line no-await-in-loop
      await act(async () => root?.unmount());
    }
    // What React says of the data that is not there.
    errors = [];
    complaints.mockClear();
    const message = "macho-cache: nobody reads the data of <DehydratedScript>. Call hydrateScripts(client, { name: ";
    expect(warnings.mock.calls).toEqual([[`${message}"cart" }) before the page hydrates.`]]);
  });

  test("129. that is read as the console says hydrates, and says nothing", async () => {
    show(stateOf("sent"), "shop");
    const client = newClient();
    hydrateScripts(client, { name: "shop" });
    await hydratePage(page(client, "shop"));
    expect([...new Set(renders), warnings.mock.calls.length]).toEqual(["films sent", 0]);
  });

  test("129. that is read by hand says nothing", async () => {
    show(stateOf("sent"), "hand");
    const client = newClient();
    for (const state of readScript({ name: "hand" })) hydrate(client, state);
    await hydratePage(page(client, "hand"));
    expect([...new Set(renders), warnings.mock.calls.length]).toEqual(["films sent", 0]);
  });
});
