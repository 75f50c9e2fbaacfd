import { isMutating, mutateQuery, mutationOptions, type MutationResult, QueryClient } from "macho-cache/query";
import { MachoProvider, useCachedMutation, useCachedQuery, useIsMutating, useMutationState } from "macho-cache/react";
import {
  Component,
  type ReactElement,
  type ReactNode,
  startTransition,
  StrictMode,
  Suspense,
  useEffect,
  useState,
} from "react";
import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { render } from "vitest-browser-react";
import { cacheWith } from "../support/cache-kind.ts";
import { Backend } from "../support/backend.ts";
import { type Deferred, deferred, settled } from "../support/deferred.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { ManualPage } from "../support/manual-page.ts";

let clock: ManualClock;
let page: ManualPage;
let client: QueryClient;
let calls: Deferred<string>[];
let renders: string[];
let log: string[];

beforeEach(() => {
  clock = new ManualClock();
  page = new ManualPage();
  client = new QueryClient({ cache: cacheWith({ clock }), environment: page });
  calls = [];
  renders = [];
  log = [];
});

const send = (): Promise<string> => {
  const call = deferred<string>();
  calls.push(call);
  return call.promise;
};
const rename = mutationOptions({
  mutationKey: ["rename"],
  mutationFn: (_title: string) => send(),
  onSuccess: (data) => void log.push(`hook ${data}`),
});
const app = (children: ReactNode): ReactElement => <MachoProvider client={client}>{children}</MachoProvider>;

let hook: MutationResult<string, string>;
/** Shows all that a component reads most. */
function Rename({ throwOnError = false }: { throwOnError?: boolean }): ReactElement {
  hook = useCachedMutation({ ...rename, throwOnError });
  const { status, data, error, variables, isPaused } = hook;
  const text = `${status} ${String(data)} ${String(error)} ${String(variables)}${isPaused ? " paused" : ""}`;
  renders.push(text);
  return <p>{text}</p>;
}

describe("useCachedMutation", () => {
  test("goes from idle to pending to success in one render each", async () => {
    const screen = await render(app(<Rename />));
    hook.mutate("Ran");
    await expect.element(screen.getByText("pending undefined undefined Ran")).toBeVisible();
    calls[0]!.resolve("saved");
    await expect.element(screen.getByText("success saved undefined Ran")).toBeVisible();
    const idle = "idle undefined undefined undefined";
    expect(renders).toEqual([idle, "pending undefined undefined Ran", "success saved undefined Ran"]);
    hook.reset();
    await expect.element(screen.getByText(idle)).toBeVisible();
  });

  test("shows a failure, and mutateAsync rejects with it", async () => {
    const screen = await render(app(<Rename />));
    const promise = hook.mutateAsync("Ran").catch((error: unknown) => `caught ${String(error)}`);
    calls[0]!.reject(new Error("no"));
    expect(await promise).toBe("caught Error: no");
    await expect.element(screen.getByText("error undefined Error: no Ran")).toBeVisible();
  });

  test("has the same functions in every render", async () => {
    await render(app(<Rename />));
    const { mutate, mutateAsync, reset, cancel } = hook;
    mutate("Ran");
    calls[0]!.resolve("saved");
    await expect.poll(() => hook.status).toBe("success");
    expect(hook).toMatchObject({ mutate, mutateAsync, reset, cancel });
  });

  test("renders only for fields that were read", async () => {
    let count = 0;
    let mutate: (title: string) => void = () => undefined;
    function Button(): ReactElement {
      count++;
      ({ mutate } = useCachedMutation(rename));
      return <button type="button">save</button>;
    }
    await render(app(<Button />));
    mutate("Ran");
    await settled();
    calls[0]!.resolve("saved");
    await settled();
    expect(count).toBe(1);
    expect(log).toEqual(["hook saved"]);
  });

  test("works under StrictMode as without it", async () => {
    const screen = await render(<StrictMode>{app(<Rename />)}</StrictMode>);
    hook.mutate("Ran", { onSuccess: (data) => log.push(`call ${data}`) });
    await expect.element(screen.getByText("pending undefined undefined Ran")).toBeVisible();
    calls[0]!.resolve("saved");
    await expect.element(screen.getByText("success saved undefined Ran")).toBeVisible();
    expect(calls).toHaveLength(1);
    expect(log).toEqual(["hook saved", "call saved"]);
  });

  test("can be called by an effect of a child, before its own subscription", async () => {
    function Child({ mutate }: { mutate: (title: string) => void }): null {
      useEffect(() => mutate("early"), [mutate]);
      return null;
    }
    function Parent(): ReactElement {
      const { mutate, status, data } = useCachedMutation(rename);
      return (
        <p>
          {`${status} ${data}`}
          <Child mutate={mutate} />
        </p>
      );
    }
    const screen = await render(app(<Parent />));
    await expect.element(screen.getByText("pending undefined")).toBeVisible();
    calls[0]!.resolve("saved");
    await expect.element(screen.getByText("success saved")).toBeVisible();
  });

  test("uses the function and the callbacks of the newest render", async () => {
    function Newest({ name }: { name: string }): ReactElement {
      const { mutate, data } = useCachedMutation({ mutationFn: () => name, onSuccess: () => void log.push(name) });
      return (
        <button type="button" onClick={() => mutate()}>
          {`save ${data}`}
        </button>
      );
    }
    const screen = await render(app(<Newest name="old" />));
    await screen.rerender(app(<Newest name="new" />));
    await screen.getByRole("button").click();
    await expect.element(screen.getByText("save new")).toBeVisible();
    expect(log).toEqual(["new"]);
  });

  function Switch({ isOpen, mutationKey }: { isOpen: boolean; mutationKey?: [string, number] }): ReactElement {
    const name = isOpen ? "open" : "closed";
    hook = useCachedMutation({
      mutationKey,
      mutationFn: (_title: string) => (log.push(`${name} fn`), send()),
      onSuccess: (data) => void log.push(`${name} ${data}`),
      onSettled: () => void log.push(`${name} settled`),
      retry: 1,
      retryDelay: 10,
    });
    return <p>{`${name} ${hook.status} ${hook.failureCount}`}</p>;
  }

  test("93. a call under way goes by the newest render: function of a retry, callbacks", async () => {
    const screen = await render(<StrictMode>{app(<Switch isOpen />)}</StrictMode>);
    hook.mutate("Ran");
    await expect.element(screen.getByText("open pending 0")).toBeVisible();
    calls[0]!.reject(new Error("no"));
    await expect.element(screen.getByText("open pending 1")).toBeVisible();
    await screen.rerender(<StrictMode>{app(<Switch isOpen={false} />)}</StrictMode>);
    clock.advance(10);
    await settled();
    calls[1]!.resolve("saved");
    await expect.element(screen.getByText("closed success 0")).toBeVisible();
    expect(log).toEqual(["open fn", "closed fn", "closed saved", "closed settled"]);
  });

  test("93. a render that is thrown away gives no callbacks; after an unmount the last ones count", async () => {
    let isBroken = false;
    function Picky({ isOpen }: { isOpen: boolean }): ReactElement {
      const element = Switch({ isOpen });
      if (isBroken) throw deferred().promise;
      return element;
    }
    const pageOf = (isOpen: boolean): ReactElement =>
      app(
        <Suspense>
          <Picky isOpen={isOpen} />
        </Suspense>,
      );
    const screen = await render(pageOf(true));
    hook.mutate("Ran");
    await expect.element(screen.getByText("open pending 0")).toBeVisible();
    isBroken = true;
    startTransition(() => void screen.rerender(pageOf(false)));
    await settled();
    await screen.unmount();
    calls[0]!.resolve("saved");
    await settled();
    expect(log).toEqual(["open fn", "open saved", "open settled"]);
  });

  test("94. another mutationKey makes the hook idle", async () => {
    const screen = await render(app(<Switch isOpen mutationKey={["film", 1]} />));
    hook.mutate("Ran");
    await expect.element(screen.getByText("open pending 0")).toBeVisible();
    await screen.rerender(app(<Switch isOpen={false} mutationKey={["film", 2]} />));
    await expect.element(screen.getByText("closed idle 0")).toBeVisible();
    calls[0]!.resolve("saved");
    await settled();
    expect(log).toEqual(["open fn", "open saved", "open settled"]);
    expect(hook.status).toBe("idle");
  });

  test("98. has the same functions for its whole life, also with another client, which they then act on", async () => {
    const other = new QueryClient({ cache: cacheWith({ clock }) });
    const screen = await render(app(<Rename />));
    const { mutate, mutateAsync, reset, cancel } = hook;
    await screen.rerender(
      <MachoProvider client={other}>
        <Rename />
      </MachoProvider>,
    );
    expect(hook).toMatchObject({ mutate, mutateAsync, reset, cancel });
    mutate("Ran");
    await expect.element(screen.getByText("pending undefined undefined Ran")).toBeVisible();
    expect([isMutating(client), isMutating(other)]).toEqual([0, 1]);
    reset();
    await expect.element(screen.getByText("idle undefined undefined undefined")).toBeVisible();
  });

  test("74. after an unmount the call runs on, callbacks of the hook fire, those of the call do not", async () => {
    const screen = await render(app(<Rename />));
    hook.mutate("Ran", { onSuccess: (data) => log.push(`call ${data}`) });
    await screen.unmount();
    calls[0]!.resolve("saved");
    await settled();
    expect(log).toEqual(["hook saved"]);
  });

  test("74. of two calls, both reach the hook's callbacks, and only the latest its own", async () => {
    await render(app(<Rename />));
    for (const title of ["1", "2"]) hook.mutate(title, { onSettled: (data) => log.push(`call ${data}`) });
    await settled();
    calls[1]!.resolve("second");
    await settled();
    calls[0]!.resolve("first");
    await settled();
    expect(log).toEqual(["hook second", "call second", "hook first"]);
    await expect.poll(() => hook.data).toBe("second");
  });

  test("75. shows that it is paused offline, and goes on when the network is back", async () => {
    const screen = await render(app(<Rename />));
    page.goOffline();
    hook.mutate("Ran");
    await expect.element(screen.getByText("pending undefined undefined Ran paused")).toBeVisible();
    page.goOnline();
    await expect.element(screen.getByText("pending undefined undefined Ran", { exact: true })).toBeVisible();
    expect(calls).toHaveLength(1);
  });

  test("cancelled is idle at once", async () => {
    const screen = await render(app(<Rename />));
    const promise = hook.mutateAsync("Ran").catch((error: unknown) => (error as Error).name);
    await expect.element(screen.getByText("pending undefined undefined Ran")).toBeVisible();
    hook.cancel();
    await expect.element(screen.getByText("idle undefined undefined undefined")).toBeVisible();
    calls[0]!.resolve("late");
    expect(await promise).toBe("AbortError");
    expect(hook.status).toBe("idle");
  });

  test("starts anew with another client, where the old call runs on", async () => {
    const other = new QueryClient({ cache: cacheWith({ clock }) });
    const screen = await render(app(<Rename />));
    hook.mutate("Ran");
    await expect.element(screen.getByText("pending undefined undefined Ran")).toBeVisible();
    await screen.rerender(
      <MachoProvider client={other}>
        <Rename />
      </MachoProvider>,
    );
    await expect.element(screen.getByText("idle undefined undefined undefined")).toBeVisible();
    expect([isMutating(client), isMutating(other)]).toEqual([1, 0]);
  });

  test("hydrates without a complaint", async () => {
    const element = app(<Rename />);
    const container = document.body.appendChild(document.createElement("div"));
    container.innerHTML = renderToString(element);
    const errors: unknown[] = [];
    const root = hydrateRoot(container, element, { onRecoverableError: (error) => errors.push(error) });
    await expect.poll(() => renders.length).toBeGreaterThan(1);
    await settled();
    hook.mutate("Ran");
    await expect.poll(() => container.textContent).toBe("pending undefined undefined Ran");
    expect(errors).toEqual([]);
    root.unmount();
    container.remove();
  });
});

/** Shows what a child threw. */
class Boundary extends Component<{ children: ReactNode }, { message: string }> {
  override state = { message: "" };
  static getDerivedStateFromError = (error: Error): { message: string } => ({ message: `threw ${error.message}` });
  override render(): ReactNode {
    return this.state.message || this.props.children;
  }
}

describe("throwOnError", () => {
  test("throws where the hook renders, though nothing of the error was read", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    let mutate: (title: string) => void = () => undefined;
    function Quiet(): ReactElement {
      ({ mutate } = useCachedMutation({ ...rename, throwOnError: (error) => (error as Error).message !== "mild" }));
      return <p>fine</p>;
    }
    const screen = await render(<Boundary>{app(<Quiet />)}</Boundary>);
    mutate("Ran");
    await settled();
    calls[0]!.reject(new Error("mild"));
    await settled();
    await expect.element(screen.getByText("fine")).toBeVisible();
    mutate("Ran");
    await settled();
    calls[1]!.reject(new Error("no"));
    await expect.element(screen.getByText("threw no")).toBeVisible();
    vi.restoreAllMocks();
  });

  test("does not throw what a cancel ends with", async () => {
    const screen = await render(<Boundary>{app(<Rename throwOnError />)}</Boundary>);
    hook.mutate("Ran");
    await expect.element(screen.getByText("pending undefined undefined Ran")).toBeVisible();
    hook.cancel();
    await expect.element(screen.getByText("idle undefined undefined undefined")).toBeVisible();
  });

  test("an option that cannot be used is an error in the render", async () => {
    vi.spyOn(console, "error").mockImplementation(() => undefined);
    function Wrong(): ReactElement {
      return <p>{useCachedMutation({ ...rename, retry: -1 }).status}</p>;
    }
    const screen = await render(<Boundary>{app(<Wrong />)}</Boundary>);
    await expect.element(screen.getByText(/threw retry must be/)).toBeVisible();
    vi.restoreAllMocks();
  });
});

describe("useMutationState and useIsMutating", () => {
  function Titles(): ReactElement {
    const titles = useMutationState({
      filters: { mutationKey: ["rename"], status: "pending" },
      select: ({ state }) => ({ title: state.variables as string }),
    });
    const count = useIsMutating();
    const text = `${titles.map(({ title }) => title).join("+")} of ${count}`;
    renders.push(text);
    return <p>{text}</p>;
  }

  test("follow the calls of other components, also with a select that makes new objects", async () => {
    const screen = await render(app([<Rename key="1" />, <Titles key="2" />]));
    await expect.element(screen.getByText("of 0")).toBeVisible();
    hook.mutate("A");
    hook.mutate("B");
    await expect.element(screen.getByText("A+B of 2")).toBeVisible();
    calls[0]!.resolve("a");
    await expect.element(screen.getByText("B of 1")).toBeVisible();
  });

  test("give the same array until something of it has changed, and all states without options", async () => {
    const seen: (readonly unknown[])[] = [];
    let again: (count: number) => void = () => undefined;
    function States(): ReactElement {
      const [, setCount] = useState(0);
      again = setCount;
      const states = useMutationState();
      seen.push(states);
      return <p>{states.map(({ status, variables }) => `${status} ${String(variables)}`).join()}</p>;
    }
    const screen = await render(app([<Rename key="1" />, <States key="2" />]));
    hook.mutate("A");
    await expect.element(screen.getByText("pending A", { exact: true })).toBeVisible();
    const before = seen.at(-1);
    const { length } = seen;
    again(1);
    await expect.poll(() => seen.length).toBeGreaterThan(length);
    expect(seen.at(-1)).toBe(before);
  });

  test("render on a server, and hydrate, as nothing", () => {
    expect(renderToString(app(<Titles />))).toContain("of 0");
  });
});

test("mutateQuery on screen: the optimistic value, the committed one, and nothing between or after that is older", async () => {
  const backend = new Backend();
  client.setQueryData("title", "old");
  function Title(): ReactElement {
    const { data } = useCachedQuery("title", backend.fetcher);
    renders.push(String(data));
    return <p>{String(data)}</p>;
  }
  const screen = await render(app(<Title />));
  const sent = deferred<string>();
  const done = mutateQuery(client, "title", sent.promise, { optimisticData: "hoped" });
  await expect.element(screen.getByText("hoped")).toBeVisible();
  void client.refetchQueries("title");
  await backend.answer(0, "stale");
  await backend.answer(1, "stale");
  sent.resolve("committed");
  await done;
  await expect.element(screen.getByText("committed")).toBeVisible();
  await backend.answer(2, "loaded");
  await expect.element(screen.getByText("loaded")).toBeVisible();
  expect(renders).toEqual(["old", "hoped", "committed", "loaded"]);
});
