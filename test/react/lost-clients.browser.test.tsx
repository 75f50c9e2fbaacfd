import { MachoError } from "macho-cache";
import { hydrate, dehydrate, QueryClient } from "macho-cache/query";
import { MachoProvider, useCachedQuery } from "macho-cache/react";
import { Component, lazy, type ReactElement, type ReactNode, StrictMode, Suspense, useState } from "react";
import { createRoot, hydrateRoot, type Root } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { afterEach, beforeEach, expect, test, vi } from "vitest";

/** It takes a second until it is sure. */
const PATIENT = { timeout: 30_000 };

let container: HTMLElement;
let root: Root | undefined;
let loads: number;
/** Of this test alone. */
let id = 0;
let caught: unknown[];

beforeEach(() => {
  // These wait as a page does, and not by `act`.
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false });
  container = document.body.appendChild(document.createElement("div"));
  [loads, caught, root] = [0, [], undefined];
  id++;
});

afterEach(() => {
  root?.unmount();
  container.remove();
  vi.restoreAllMocks();
});

const load = async (): Promise<string> => {
  loads++;
  return "Ran";
};

function Film({ fetcher = load }: { fetcher?: () => Promise<string> }): ReactElement {
  return <p>{useCachedQuery(["film", id], fetcher, { suspense: true, staleTime: 60_000, retry: false }).data}</p>;
}

class Boundary extends Component<{ children: ReactNode }, { error?: unknown }> {
  override state: { error?: unknown } = {};

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error };
  }

  override componentDidCatch(error: unknown): void {
    caught.push(error);
  }

  override render(): ReactNode {
    return this.state.error === undefined ? this.props.children : <i>{`${this.state.error as Error}`}</i>;
  }
}

/** As the guide has it: a client that a component makes. */
function Own({ children }: { children: ReactNode }): ReactElement {
  const [client] = useState(() => new QueryClient());
  return <MachoProvider client={client}>{children}</MachoProvider>;
}

/** Renders it, with what React says kept from the console, and what it hands on where it renders once more. */
function show(element: ReactElement): void {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  root = createRoot(container, { onRecoverableError: () => undefined });
  root.render(<Boundary>{element}</Boundary>);
}

const Waits = ({ children }: { children: ReactNode }): ReactElement => <Suspense fallback="waits">{children}</Suspense>;
const MESSAGE = /^A component that waits for \["film",\d+\] got a new client at each try/;

const WRONG: Record<string, ReactElement> = {
  "a client of the provider's own": (
    <Waits>
      <MachoProvider>
        <Film />
      </MachoProvider>
    </Waits>
  ),
  "a client of a component": (
    <Waits>
      <Own>
        <Film />
      </Own>
    </Waits>
  ),
  StrictMode: (
    <StrictMode>
      <Waits>
        <MachoProvider>
          <Film />
        </MachoProvider>
      </Waits>
    </StrictMode>
  ),
  "a list of providers": (
    <Waits>
      {Array.from({ length: 5 }, (_, index) => (
        <MachoProvider key={index}>
          <Film />
        </MachoProvider>
      ))}
    </Waits>
  ),
  "a load that fails": (
    <Waits>
      <MachoProvider>
        <Film fetcher={() => (loads++, Promise.reject(new Error("no")))} />
      </MachoProvider>
    </Waits>
  ),
};

test.each(Object.entries(WRONG))("128. %s in the boundary of its own first load says so", async (_what, element) => {
  show(element);
  await expect.poll(() => container.textContent, PATIENT).toContain("MachoError: ");
  expect(caught[0]).toMatchObject({ code: "lost-client", message: expect.stringMatching(MESSAGE) });
  expect(caught[0]).toBeInstanceOf(MachoError);
});

test("128. a provider that hydrates in the boundary of its own first load says so", async () => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const there = new QueryClient();
  there.setQueryData(["film", id], "Ran");
  const client = new QueryClient();
  hydrate(client, dehydrate(there));
  container.innerHTML = renderToString(
    <Boundary>
      <Waits>
        <MachoProvider client={client}>
          <Film />
        </MachoProvider>
      </Waits>
    </Boundary>,
  );
  root = hydrateRoot(container, <Boundary>{WRONG["a client of the provider's own"]}</Boundary>, {
    onRecoverableError: () => undefined,
  });
  await expect.poll(() => container.textContent, PATIENT).toContain("MachoError: ");
  expect(caught[0]).toMatchObject({ code: "lost-client", message: expect.stringMatching(MESSAGE) });
});

test.each<[what: string, element: () => ReactElement]>([
  [
    "a boundary inside of the provider",
    () => (
      <Waits>
        <MachoProvider>
          <Waits>
            <Film />
          </Waits>
        </MachoProvider>
      </Waits>
    ),
  ],
  [
    "a client from outside of components",
    () => {
      const client = new QueryClient();
      return (
        <Waits>
          <MachoProvider client={client}>
            <Film />
          </MachoProvider>
        </Waits>
      );
    },
  ],
])("128. its remedy, %s, shows the data", async (_what, element) => {
  show(element());
  await expect.poll(() => container.textContent).toBe("Ran");
  expect([loads, caught]).toEqual([1, []]);
});

const right = (key: number): ReactElement => (
  <MachoProvider key={key}>
    <Waits>
      <Film />
    </Waits>
  </MachoProvider>
);

test.each([
  ["", (element: ReactElement) => element],
  ["in StrictMode", (element: ReactElement) => <StrictMode>{element}</StrictMode>],
])("128. many providers, at once and one after the other, are no fault %s", async (_what, around) => {
  show(around(<>{Array.from({ length: 30 }, (_, key) => right(key))}</>));
  await expect.poll(() => container.textContent).toBe("Ran".repeat(30));
  for (let turn = 100; turn < 130; turn++) {
    root?.render(<Boundary>{around(right(turn))}</Boundary>);
    // oxlint-disable-next-line no-await-in-loop
    await expect.poll(() => container.textContent).toBe("Ran");
  }
  expect(caught).toEqual([]);
});

test("128. a provider that is right is none shortly after one that was wrong", async () => {
  show(WRONG["a client of the provider's own"]!);
  await expect.poll(() => caught.length, PATIENT).toBe(1);
  root?.unmount();
  await new Promise((done) => setTimeout(done, 210));
  show(right(1));
  await expect.poll(() => container.textContent).toBe("Ran");
  expect(caught).toHaveLength(1);
});

test.each([5, 300])("128. a provider that waits for code, piece by piece, each %i ms, is none", async (ms) => {
  /** A chain of components, each of whose code comes after that of the one before. */
  const chain = Array.from({ length: 8 }).reduce<() => ReactElement>(
    (Inner) => {
      const Late = lazy(
        () => new Promise<{ default: () => ReactElement }>((done) => setTimeout(done, ms, { default: Inner })),
      );
      return () => (
        <>
          <Waits>
            <Film />
          </Waits>
          <Late />
        </>
      );
    },
    () => <b>end</b>,
  );
  const App = chain;
  show(
    <Waits>
      <MachoProvider>
        <App />
      </MachoProvider>
    </Waits>,
  );
  await expect.poll(() => container.textContent, PATIENT).toMatch(/^(Ran){8}end$/);
  expect(caught).toEqual([]);
});
