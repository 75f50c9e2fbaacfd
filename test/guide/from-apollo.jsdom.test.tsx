// Each difference that docs/from-apollo.md names, shown beside Apollo Client. A title is a name on that page.
import { ApolloClient, ApolloLink, gql, InMemoryCache, Observable, type TypedDocumentNode } from "@apollo/client";
import { ApolloProvider, useMutation, useQuery } from "@apollo/client/react";
import { act, renderHook } from "@testing-library/react";
import { entitiesOf, withEntity } from "virtual:guide/from-apollo/entities";
import { MachoProvider, MutationObserver, type QueryClient, useCachedMutation } from "macho-cache/react";
import { afterEach, describe, expect, test, vi } from "vitest";
import { macho, onFakeTime, pass, watchMacho } from "../support/beside.ts";
import { type Deferred, deferred } from "../support/deferred.ts";

onFakeTime();
afterEach(() => void vi.restoreAllMocks());
const no = new Error("no");
const MINUTE = 60_000;

interface Film {
  readonly __typename: "Film";
  readonly id: number;
  readonly title: string;
}
const filmOf = (title: string): Film => ({ __typename: "Film", id: 1, title });
const FILM: TypedDocumentNode<{ film: Film }> = gql`
  query Film {
    film {
      id
      title
    }
  }
`;
const FILMS: TypedDocumentNode<{ films: Film[] }> = gql`
  query Films {
    films {
      id
      title
    }
  }
`;
const TITLE: TypedDocumentNode<{ film: Film }> = gql`
  query Title {
    film {
      title
    }
  }
`;
const RENAME: TypedDocumentNode<{ rename: Film }> = gql`
  mutation Rename {
    rename {
      id
      title
    }
  }
`;

/** A client of Apollo's whose server is this function, and what was asked of it. */
function apollo(answer: (name: string) => object | Promise<object>) {
  const asked: string[] = [];
  const link = new ApolloLink(({ operationName = "" }) => {
    asked.push(operationName);
    return new Observable((observer) => {
      const send = async (): Promise<void> => {
        try {
          observer.next({ data: { ...(await answer(operationName)) } });
          observer.complete();
        } catch (error) {
          observer.error(error);
        }
      };
      void send();
    });
  });
  const client = new ApolloClient({ link, cache: new InMemoryCache() });
  const wrapper = ({ children }: { children: React.ReactNode }) => (
    <ApolloProvider client={client}>{children}</ApolloProvider>
  );
  return { client, wrapper, asked };
}
const around =
  (client: QueryClient) =>
  ({ children }: { children: React.ReactNode }) => <MachoProvider client={client}>{children}</MachoProvider>;
const wait = (ms?: number): Promise<void> => act(() => pass(ms));

const server = (name: string): object =>
  name === "Rename"
    ? { rename: filmOf("Ran") }
    : name === "Films"
      ? { films: [filmOf("Ikiru")] }
      : { film: filmOf("Ikiru") };

describe("the cache", () => {
  test("An entity in two answers is two values", async () => {
    const { client: theirs, asked } = apollo(server);
    await Promise.all([theirs.query({ query: FILM }), theirs.query({ query: FILMS })]);
    await theirs.mutate({ mutation: RENAME });
    expect(theirs.readQuery({ query: FILM })?.film.title).toBe("Ran");
    expect(theirs.readQuery({ query: FILMS })?.films[0]?.title).toBe("Ran");
    expect(asked).toHaveLength(3);
    const { client } = macho({ tags: entitiesOf });
    const counts = { film: 0, films: 0 };
    const film = watchMacho(client, ["film", 1], () => (counts.film++, { film: filmOf("Ikiru") }));
    const films = watchMacho(client, ["films"], () => (counts.films++, { films: [filmOf("Ikiru")] }));
    const other = watchMacho(client, ["other"], () => ({ film: { ...filmOf("Dreams"), id: 2 } }));
    await pass();
    const answer = { rename: filmOf("Ran") };
    client.setQueryData(["film", 1], { film: answer.rename });
    expect(films.result().data).toEqual({ films: [filmOf("Ikiru")] });
    await client.invalidateQueries({ tags: entitiesOf(answer) });
    expect(counts).toEqual({ film: 2, films: 2 });
    client.setQueriesData({ tags: entitiesOf(answer) }, (data) => withEntity(data, answer.rename));
    expect(film.result().data).toEqual({ film: filmOf("Ran") });
    expect(films.result().data).toEqual({ films: [filmOf("Ran")] });
    expect(other.result().data).toEqual({ film: { ...filmOf("Dreams"), id: 2 } });
  });

  test("The cache is bounded", () => {
    const { client } = macho();
    for (let key = 0; key < 1_001; key++) client.setQueryData([key], key);
    expect(client.cache.size).toBe(1_000);
  });

  test("Two queries share nothing", async () => {
    const { client: theirs, asked } = apollo(server);
    await theirs.query({ query: FILM });
    await theirs.query({ query: TITLE });
    expect(asked).toEqual(["Film"]);
    const { client } = macho();
    let count = 0;
    await client.fetchQuery(["film"], () => ++count, { staleTime: Infinity });
    await client.fetchQuery(["title"], () => ++count, { staleTime: Infinity });
    expect(count).toBe(2);
  });

  test("Data need not be of GraphQL", async () => {
    const { client } = macho();
    const data = { at: new Date(0), names: new Map([["a", 1]]) };
    const { result } = watchMacho(client, "a", () => data);
    await pass();
    expect(result().data).toBe(data);
  });
});

describe("loads", () => {
  test("A hook that mounts loads stale data again", async () => {
    const { wrapper, asked } = apollo(server);
    const counts = { here: 0, fresh: 0 };
    const { client } = macho();
    for (let hook = 0; hook < 2; hook++) {
      renderHook(() => useQuery(FILM), { wrapper });
      watchMacho(client, "a", () => ++counts.here);
      watchMacho(client, "b", () => ++counts.fresh, { staleTime: Infinity });
      await wait(MINUTE);
    }
    expect(asked).toHaveLength(1);
    expect(counts).toEqual({ here: 2, fresh: 1 });
  });

  test("Focus and network load stale data", async () => {
    const { wrapper, asked } = apollo(server);
    renderHook(() => useQuery(FILM), { wrapper });
    const counts = { here: 0, quiet: 0 };
    const { client, page } = macho();
    watchMacho(client, "a", () => ++counts.here);
    watchMacho(client, "b", () => ++counts.quiet, { refetchOnWindowFocus: false, refetchOnReconnect: false });
    await wait(20);
    document.dispatchEvent(new Event("visibilitychange"));
    page.focus();
    await wait(20);
    window.dispatchEvent(new Event("online"));
    page.goOffline();
    page.goOnline();
    await wait(20);
    expect(asked).toHaveLength(1);
    expect(counts).toEqual({ here: 3, quiet: 1 });
  });

  test("A failed load is tried again", async () => {
    const { wrapper, asked } = apollo(() => Promise.reject(no));
    const hook = renderHook(() => useQuery(FILM), { wrapper });
    let count = 0;
    const { client } = macho({ retry: undefined });
    watchMacho(client, "a", () => (count++, Promise.reject(no)));
    await wait(MINUTE);
    expect(hook.result.current.error).toBeDefined();
    expect([asked.length, count]).toEqual([1, 4]);
  });

  test("An answer with `errors` is an error if your function throws", async () => {
    const { client } = macho();
    const all = watchMacho(client, "a", () => ({ data: { film: null }, errors: [{ message: "no" }] }));
    const none = watchMacho(client, "b", () => {
      throw new AggregateError([no], "no");
    });
    await pass();
    expect(all.result()).toMatchObject({ status: "success", data: { errors: [{ message: "no" }] } });
    expect(none.result()).toMatchObject({ status: "error", error: { message: "no" } });
  });

  test("`isLoading` is for the first data alone", async () => {
    const answers: Deferred<object>[] = [];
    const answer = (): Promise<object> => {
      answers.push(deferred());
      return answers.at(-1)!.promise;
    };
    const { wrapper } = apollo(answer);
    const there = renderHook(() => useQuery(FILM), { wrapper });
    const { client } = macho();
    const here = watchMacho(client, "a", answer);
    const settle = (): Promise<void> =>
      act(async () => {
        for (const { resolve } of answers) resolve({ film: filmOf("Ikiru") });
        await pass(20);
      });
    await wait();
    expect([there.result.current.loading, here.result().isLoading]).toEqual([true, true]);
    await settle();
    await act(async () => {
      void there.result.current.refetch();
      void here.observer.refetch();
      await pass();
    });
    expect(there.result.current.loading).toBe(true);
    expect(here.result()).toMatchObject({ isLoading: false, isFetching: true });
    await settle();
    expect(there.result.current.loading).toBe(false);
  });

  test("Polling rests while the page is hidden", async () => {
    const { wrapper, asked } = apollo(server);
    const hook = renderHook(() => useQuery(FILM, { pollInterval: 1_000 }), { wrapper });
    const counts = { here: 0, always: 0 };
    const { client, page } = macho();
    watchMacho(client, "a", () => ++counts.here, { refetchInterval: 1_000 });
    watchMacho(client, "b", () => ++counts.always, { refetchInterval: 1_000, refetchIntervalInBackground: true });
    await wait(20);
    page.hide();
    vi.spyOn(document, "visibilityState", "get").mockReturnValue("hidden");
    document.dispatchEvent(new Event("visibilitychange"));
    await wait(3_500);
    expect(asked.length).toBeGreaterThan(2);
    expect(counts).toEqual({ here: 1, always: 4 });
    hook.unmount();
  });

  test("`clear` loads what is on screen", async () => {
    const { client: theirs, wrapper, asked } = apollo(server);
    renderHook(() => useQuery(FILM), { wrapper });
    let count = 0;
    const { client } = macho();
    watchMacho(client, "a", () => ++count, { staleTime: Infinity });
    await wait(20);
    await act(async () => {
      await theirs.clearStore();
      client.clear();
      await pass(20);
    });
    expect([asked.length, count]).toEqual([1, 2]);
    await act(async () => {
      await theirs.resetStore();
      await pass(20);
    });
    expect(asked).toHaveLength(2);
  });
});

describe("mutations", () => {
  test("The result of a hook's `mutate` is no promise", async () => {
    const { wrapper } = apollo(server);
    const { client } = macho();
    const there = renderHook(() => useMutation(RENAME), { wrapper });
    const here = renderHook(() => useCachedMutation({ mutationFn: () => Promise.reject(no) }), {
      wrapper: around(client),
    });
    await act(async () => {
      expect((await there.result.current[0]()).data).toEqual({ rename: filmOf("Ran") });
      expect(here.result.current.mutate()).toBeUndefined();
      await expect(here.result.current.mutateAsync()).rejects.toBe(no);
    });
    there.unmount();
    here.unmount();
  });

  test("A mutation waits for its callbacks", async () => {
    const { client } = macho();
    const loaded = deferred<undefined>();
    const { actions } = new MutationObserver(client, {
      mutationFn: () => Promise.resolve(1),
      onSuccess: () => loaded.promise,
    });
    let isDone = false;
    void actions.mutateAsync().then(() => (isDone = true));
    await pass();
    expect(isDone).toBe(false);
    loaded.resolve(undefined);
    await pass();
    expect(isDone).toBe(true);
  });
});
