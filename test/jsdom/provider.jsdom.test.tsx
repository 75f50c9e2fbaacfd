import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import { Cache } from "macho-cache";
import {
  dehydrate,
  HydrationBoundary,
  MachoProvider,
  QueryClient,
  QueryErrorResetBoundary,
  useCachedQuery,
  useQueryClient,
} from "macho-cache/react";
import { Component, type ReactElement, type ReactNode, Suspense, useState } from "react";
import { renderToString } from "react-dom/server";
import { describe, expect, test, vi } from "vitest";
import { expectComplaint } from "../support/complaints.ts";
import { world } from "./world.tsx";

const loadAda = async (): Promise<string> => "Ada";

function Name({ load = loadAda }: { load?: () => Promise<string> }): ReactElement {
  return <h1>{useCachedQuery(["name"], load, { staleTime: 60_000, retry: false }).data ?? "..."}</h1>;
}

/** Shows the name, or suspends, or throws. */
function Suspending({ load }: { load: () => Promise<string> }): ReactElement {
  return <h1>{useCachedQuery(["name"], load, { suspense: true, retry: false }).data}</h1>;
}

class Boundary extends Component<{ children: ReactNode; onReset?: () => void }, { error: Error | undefined }> {
  override state = { error: undefined };
  static getDerivedStateFromError = (error: Error): { error: Error } => ({ error });

  override render(): ReactNode {
    const again = (): void => {
      this.props.onReset?.();
      this.setState({ error: undefined });
    };
    return this.state.error ? <button onClick={again}>{String(this.state.error)}</button> : this.props.children;
  }
}

describe("the provider", () => {
  test("makes a client of its own, of options, or of a cache", async () => {
    const clients: QueryClient[] = [];
    const Look = (): ReactElement => {
      clients.push(useQueryClient());
      return <Name />;
    };
    const cache = new Cache<string, unknown>({ maxCacheSize: 5, strategy: "sieve", shardCount: 2 });
    render(
      <>
        <MachoProvider>
          <Look />
        </MachoProvider>
        <MachoProvider cache={{ maxCacheSize: 3 }}>
          <Look />
        </MachoProvider>
        <MachoProvider cache={cache}>
          <Look />
        </MachoProvider>
      </>,
    );
    expect(await screen.findAllByText("Ada")).toHaveLength(3);
    expect([...new Set(clients)].map((client) => client.cache.options.maxCacheSize)).toEqual([1_000, 3, 5]);
    expect(cache.size).toBe(1);
  });

  test("gives what is below it the new client when it gets another one", async () => {
    const one = new QueryClient();
    const other = new QueryClient();
    other.setQueryData(["name"], "Grace");
    const { rerender } = render(<Name />, {
      wrapper: ({ children }) => <MachoProvider client={one}>{children}</MachoProvider>,
    });
    await screen.findByText("Ada");
    rerender(
      <MachoProvider client={other}>
        <Name />
      </MachoProvider>,
    );
    expect(screen.getByRole("heading").textContent).toBe("Grace");
  });

  test("says what is wrong when it gets a client and a cache", () => {
    expectComplaint(/got both|The above error occurred/);
    const both = { client: new QueryClient(), cache: {} };
    expect(() => render(<MachoProvider {...both} />)).toThrow("MachoProvider needs a client or a cache, got both");
  });
});

describe("Suspense", () => {
  test("shows its fallback, then the data", async () => {
    world().show(
      <Suspense fallback="Waiting ...">
        <Suspending load={async () => "Ada"} />
      </Suspense>,
    );
    expect(screen.getByText("Waiting ...")).toBeTruthy();
    expect(await screen.findByRole("heading")).toBeTruthy();
    expect(screen.getByRole("heading").textContent).toBe("Ada");
  });

  test("has its error at the boundary, whose reset loads again", async () => {
    expectComplaint(/no answer|The above error occurred/);
    const load = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new Error("no answer")).mockResolvedValue("Ada");
    world().show(
      <QueryErrorResetBoundary>
        {({ reset }) => (
          <Boundary onReset={reset}>
            <Suspense fallback="Waiting ...">
              <Suspending load={load} />
            </Suspense>
          </Boundary>
        )}
      </QueryErrorResetBoundary>,
    );
    fireEvent.click(await screen.findByRole("button", { name: "Error: no answer" }));
    expect((await screen.findByRole("heading")).textContent).toBe("Ada");
    expect(load).toHaveBeenCalledTimes(2);
  });
});

describe("a page of a server", () => {
  const server = new QueryClient();
  server.setQueryData(["name"], "Ada");
  const state = dehydrate(server);

  const App = (): ReactElement => {
    const [client] = useState(() => new QueryClient());
    return (
      <MachoProvider client={client}>
        <HydrationBoundary state={state}>
          <Name load={() => Promise.reject(new Error("not loaded again"))} />
        </HydrationBoundary>
      </MachoProvider>
    );
  };

  test("hydrates without a load and without a word of React", async () => {
    const container = document.body.appendChild(document.createElement("div"));
    container.innerHTML = renderToString(<App />);
    expect(container.textContent).toBe("Ada");
    render(<App />, { container, hydrate: true });
    await waitFor(() => expect(screen.getByRole("heading").textContent).toBe("Ada"));
  });
});
