// Mutations and loads that waited for the network, when it is back.
import { mutateQuery, MutationObserver, type MutationOptions, resumePausedMutations } from "macho-cache/query";
import { beforeEach, describe, expect, test } from "vitest";
import { type Deferred, deferred, settled } from "../../support/deferred.ts";
import type { Watched } from "../../support/watched.ts";
import { backend, client, clock, inQueryWorld, page, watch } from "../../support/query-world.ts";

/** What was sent, in order. */
let log: string[];
let posts: Deferred<unknown>[];

inQueryWorld({ random: () => 0 });

beforeEach(() => {
  log = [];
  posts = [];
});

const load: typeof backend.fetcher = (key, context) => {
  log.push(`GET ${String(key)}`);
  return backend.fetcher(key, context);
};
const post = (name: string, options: MutationOptions<unknown, void> = {}): MutationObserver<unknown> => {
  const mutationFn = (): Promise<unknown> => {
    log.push(`POST ${name}`);
    posts.push(deferred());
    return posts.at(-1)!.promise;
  };
  const observer = new MutationObserver<unknown>(client, { mutationFn, ...options });
  observer.actions.mutate();
  return observer;
};
async function end(index: number): Promise<void> {
  posts[index]!.resolve("saved");
  await settled();
}
/** A hook that shows "old", and is offline from then on. */
async function showOffline(): Promise<Watched> {
  const film = watch("film", {}, load);
  await backend.answer(0, "old");
  clock.advance(1);
  page.goOffline();
  film.shown.length = log.length = 0;
  return film;
}

describe("after a reconnect", () => {
  test("95. a load that waited goes after the mutations that waited, once", async () => {
    const film = await showOffline();
    void film.observer.refetch();
    post("title");
    await settled();
    expect(film.result.fetchStatus).toBe("paused");
    page.goOnline();
    await settled();
    expect(log).toEqual(["POST title"]);
    await end(0);
    expect(log).toEqual(["POST title", "GET film"]);
    await backend.answer(1, "new");
    clock.advance(60_000);
    await settled();
    expect([log.length, film.data]).toEqual([2, "new"]);
  });

  test("95. what the mutation invalidates is not loaded once more", async () => {
    const film = await showOffline();
    void film.observer.refetch();
    post("title", {
      onMutate: () => void client.setQueryData("film", "hoped"),
      onSettled: () => client.invalidateQueries("film"),
    });
    await settled();
    page.goOnline();
    await settled();
    await end(0);
    await backend.answer(1, "new");
    await settled();
    expect(log).toEqual(["POST title", "GET film"]);
    const shown = film.shown.filter((data, at) => data !== film.shown[at - 1]);
    expect(shown).toEqual(["old", "hoped", "new"]);
  });

  test("what was loaded before a later mutation is loaded again after it", async () => {
    const film = await showOffline();
    post("one", { scope: { id: "s" }, onSettled: () => client.invalidateQueries("film") });
    post("two", { scope: { id: "s" } });
    page.goOnline();
    await settled();
    await end(0);
    await backend.answer(1, "one");
    expect(log).toEqual(["POST one", "GET film", "POST two"]);
    await end(1);
    expect(log).toEqual(["POST one", "GET film", "POST two", "GET film"]);
    await backend.answer(2, "two");
    expect(film.data).toBe("two");
  });

  test("95. mutations go in the order of their calls, however long their onMutate took", async () => {
    page.goOffline();
    const gate = deferred<unknown>();
    post("one", { onMutate: () => gate.promise });
    post("two");
    await settled();
    gate.resolve(1);
    await settled();
    page.goOnline();
    await settled();
    expect(log).toEqual(["POST one", "POST two"]);
  });

  test("first loads and calls wait as well, and go on when the mutation failed", async () => {
    page.goOffline();
    const film = watch("film", {}, load);
    const call = client.fetchQuery("other", load);
    post("title");
    page.goOnline();
    await settled();
    expect(log).toEqual(["POST title"]);
    posts[0]!.reject(new Error("no"));
    await settled();
    expect(log).toEqual(["POST title", "GET film", "GET other"]);
    await backend.answer(0, "film");
    await backend.answer(1, "other");
    expect([film.data, await call]).toEqual(["film", "other"]);
  });

  test("a mutation that is tried again is waited for until it has ended", async () => {
    const film = await showOffline();
    void film.observer.refetch();
    post("title", { retry: 1, retryDelay: 10 });
    page.goOnline();
    await settled();
    posts[0]!.reject(new Error("no"));
    await settled();
    clock.advance(10);
    await settled();
    expect(log).toEqual(["POST title", "POST title"]);
    await end(1);
    expect(log.at(-1)).toBe("GET film");
  });

  test("a mutation that hangs holds loads up for 30 s, and no longer", async () => {
    const film = await showOffline();
    void film.observer.refetch();
    post("title");
    page.goOnline();
    await settled();
    clock.advance(29_999);
    await settled();
    expect(log).toEqual(["POST title"]);
    clock.advance(1);
    await settled();
    expect(log).toEqual(["POST title", "GET film"]);
    await backend.answer(1, "new");
    expect([film.data, clock.timers.length]).toEqual(["new", 0]);
  });

  test("a mutation may wait for a load that waited: it goes at once then", async () => {
    const film = await showOffline();
    void film.observer.refetch();
    watch("me", {}, load);
    const observer = new MutationObserver(client, {
      mutationFn: async () => {
        const me = await client.fetchQuery("me", load);
        await film.observer.refetch();
        return me;
      },
    });
    const promise = observer.actions.mutateAsync();
    page.goOnline();
    await settled();
    expect(log).toEqual(["GET me"]);
    await backend.answer(1, "ada");
    await backend.answer(2, "new");
    expect(await promise).toBe("ada");
    await settled();
    // Both answers are of the time before the mutation.
    expect(log).toEqual(["GET me", "GET film", "GET film", "GET me"]);
  });

  test("a load that begins while mutations are under way does not wait for them", async () => {
    page.goOffline();
    post("title");
    page.goOnline();
    await settled();
    watch("film", {}, load);
    expect(log).toEqual(["POST title", "GET film"]);
  });

  test("loads still wait where the network went and came back meanwhile, or came back twice", async () => {
    const film = await showOffline();
    void film.observer.refetch();
    post("title");
    page.goOnline();
    page.goOffline();
    page.goOnline();
    page.goOnline();
    await settled();
    expect(log).toEqual(["POST title"]);
    page.goOffline();
    await end(0);
    expect(log).toEqual(["POST title"]);
    page.goOnline();
    await settled();
    expect(log).toEqual(["POST title", "GET film"]);
  });

  test("loads go on though the client was unmounted meanwhile, also for the time of a task", async () => {
    const call = async (isBack: boolean): Promise<void> => {
      log.length = 0;
      page.goOffline();
      const promise = client.fetchQuery(["call", isBack], load);
      post("title");
      page.goOnline();
      await settled();
      client.unmount();
      if (isBack) client.mount();
      await end(posts.length - 1);
      clock.advance(0);
      await settled();
      expect(log).toEqual(["POST title", `GET call,${isBack}`]);
      await backend.answer(backend.count - 1, "done");
      expect(await promise).toBe("done");
    };
    await call(true);
    await call(false);
    client.mount();
  });

  test("an onMutate may wait for a load that waited: neither waits for the other", async () => {
    page.goOffline();
    const film = watch("film", {}, load);
    post("title", { onMutate: () => client.fetchQuery("film", load) });
    await settled();
    page.goOnline();
    await settled();
    await backend.answer(0, "film");
    expect([film.data, log]).toEqual(["film", ["GET film", "POST title"]]);
  });

  test("resumePausedMutations waits for one whose onMutate is not done, too", async () => {
    page.goOffline();
    const gate = deferred<unknown>();
    post("title", { onMutate: () => gate.promise });
    page.goOnline();
    let isDone = false;
    void resumePausedMutations(client).then(() => (isDone = true));
    await settled();
    gate.resolve(1);
    await settled();
    expect([log, isDone]).toEqual([["POST title"], false]);
    await end(0);
    expect(isDone).toBe(true);
  });

  test("resumePausedMutations goes in the same order", async () => {
    page.goOffline();
    post("one");
    post("two");
    await settled();
    page.goOnline();
    const all = resumePausedMutations(client);
    await settled();
    expect(log).toEqual(["POST one", "POST two"]);
    await end(0);
    await end(1);
    await all;
  });

  test("a load that mutateQuery dismisses meanwhile is not lost", async () => {
    const film = await showOffline();
    void film.observer.refetch();
    post("title");
    page.goOnline();
    await settled();
    await mutateQuery(client, "film", "mine");
    await end(0);
    await backend.answer(1, "new");
    expect([film.data, log]).toEqual(["new", ["POST title", "GET film"]]);
  });
});
