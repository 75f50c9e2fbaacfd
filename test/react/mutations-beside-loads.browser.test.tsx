// Mutations on screen: beside each other, beside loads, and beside hooks that count them.
import { mutateQuery, QueryClient } from "macho-cache/query";
import {
  MachoProvider,
  useCachedMutation,
  useCachedQuery,
  useIsFetching,
  useIsMutating,
  useMutationState,
} from "macho-cache/react";
import { type ReactElement, type ReactNode, StrictMode, useState } from "react";
import { beforeEach, expect, test, vi } from "vitest";
import { render } from "vitest-browser-react";
import { cacheWith } from "../support/cache-kind.ts";
import { Backend } from "../support/backend.ts";
import { type Deferred, deferred, settled } from "../support/deferred.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { ManualPage } from "../support/manual-page.ts";

let clock: ManualClock;
let page: ManualPage;
let backend: Backend;
let client: QueryClient;
let posts: Deferred<string>[];
let renders: string[];

beforeEach(() => {
  clock = new ManualClock();
  page = new ManualPage();
  backend = new Backend();
  client = new QueryClient({ cache: cacheWith({ clock }), environment: page });
  posts = [];
  renders = [];
});

const post = (): Promise<string> => {
  posts.push(deferred());
  return posts.at(-1)!.promise;
};
const app = (children: ReactNode): ReactElement => <MachoProvider client={client}>{children}</MachoProvider>;
/** What was rendered, each change once. */
const changes = (): string[] => renders.filter((each, at) => each !== renders[at - 1]);

function Title(): ReactElement {
  const { data } = useCachedQuery("title", backend.fetcher);
  renders.push(String(data));
  return <p>{`title ${String(data)}`}</p>;
}

test("95. after a reconnect the page goes from the hope to the answer, though a load waited beside the mutation", async () => {
  client.setQueryData("title", "old");
  let rename: (title: string) => void = () => undefined;
  function Rename(): ReactElement {
    const mutation = useCachedMutation({
      mutationFn: (_title: string) => post(),
      onMutate: (title) => void client.setQueryData("title", title),
      onSettled: () => client.invalidateQueries("title"),
    });
    rename = mutation.mutate;
    return <i>{`${mutation.status} ${mutation.isPaused}`}</i>;
  }
  const screen = await render(app([<Title key="1" />, <Rename key="2" />]));
  await backend.answer(0, "old");
  page.goOffline();
  clock.advance(1);
  rename("new");
  await expect.element(screen.getByText("pending true")).toBeVisible();
  void client.refetchQueries("title");
  page.goOnline();
  await expect.element(screen.getByText("pending false")).toBeVisible();
  expect([posts.length, backend.count]).toEqual([1, 1]);
  posts[0]!.resolve("saved");
  await settled();
  await backend.answer(1, "new");
  await expect.element(screen.getByText("success false")).toBeVisible();
  await settled();
  expect([changes(), backend.count]).toEqual([["old", "new"], 2]);
});

test("96. a double click on a counter goes 1, 2 on screen, whichever answer comes first", async () => {
  client.setQueryData<number>("title", 0);
  function Plus(): ReactElement {
    const add = (): void => {
      void mutateQuery<number>(client, "title", (count = 0) => post().then(() => count + 1), {
        optimisticData: (_committed, displayed = 0) => displayed + 1,
      });
    };
    return (
      <button type="button" onClick={add}>
        plus
      </button>
    );
  }
  const screen = await render(<StrictMode>{app([<Title key="1" />, <Plus key="2" />])}</StrictMode>);
  await backend.answer(0, 0);
  await screen.getByRole("button").click();
  await screen.getByRole("button").click();
  await expect.element(screen.getByText("title 2")).toBeVisible();
  posts[1]!.resolve("");
  await settled();
  await expect.element(screen.getByText("title 2")).toBeVisible();
  posts[0]!.resolve("");
  await settled();
  await backend.answer(1, 2);
  await expect.element(screen.getByText("title 2")).toBeVisible();
  expect([changes(), backend.count]).toEqual([["0", "1", "2"], 2]);
});

test("hooks that count mutations are told of none by a render", async () => {
  const complaints = vi.spyOn(console, "error");
  let say: (say: { isThere: boolean; id: number }) => void = () => undefined;
  let mutate: () => void = () => undefined;
  function Save({ id }: { id: number }): ReactElement {
    const mutation = useCachedMutation({ mutationKey: ["save", id], mutationFn: post });
    mutate = mutation.mutate;
    return <i>{mutation.status}</i>;
  }
  function Saves(): ReactElement {
    const [{ isThere, id }, set] = useState({ isThere: false, id: 1 });
    say = set;
    return <>{isThere && <Save id={id} />}</>;
  }
  function Counts(): ReactElement {
    const states = useMutationState({ select: ({ state }) => state.status });
    return <p>{`${useIsMutating()} of ${states.length}, ${useIsFetching()} loading`}</p>;
  }
  const screen = await render(<StrictMode>{app([<Counts key="1" />, <Saves key="2" />])}</StrictMode>);
  say({ isThere: true, id: 1 });
  await expect.element(screen.getByText("idle")).toBeVisible();
  mutate();
  await expect.element(screen.getByText("1 of 1, 0 loading")).toBeVisible();
  say({ isThere: true, id: 2 });
  await expect.element(screen.getByText("idle")).toBeVisible();
  posts[0]!.resolve("");
  await expect.element(screen.getByText("0 of 1, 0 loading")).toBeVisible();
  say({ isThere: false, id: 2 });
  await expect.element(screen.getByText("idle")).not.toBeInTheDocument();
  expect(complaints.mock.calls).toEqual([]);
  complaints.mockRestore();
});
