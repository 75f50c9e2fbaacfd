import {
  isMutating,
  MutationObserver,
  type MutationOptions,
  mutationsOf,
  QueryClient,
  resumePausedMutations,
  setMutationDefaults,
} from "macho-cache/query";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { type Deferred, deferred, settled } from "../../support/deferred.ts";
import { backend, client, clock, enterQueryWorld, inQueryWorld, page } from "../../support/query-world.ts";

/** What happened, in order. */
let log: string[];
let calls: { variables: unknown; signal: AbortSignal; answer: Deferred<unknown> }[];

inQueryWorld({ random: () => 0 });

beforeEach(() => {
  log = [];
  calls = [];
});

type Options = MutationOptions<unknown, unknown, unknown>;

/** Answers when the test says so. */
const work: Options["mutationFn"] = (variables, { signal }) => {
  const end = deferred<unknown>();
  calls.push({ variables, signal, answer: end });
  log.push(`fn ${String(variables)}`);
  return end.promise;
};
const logged = (name: string): Options => ({
  onMutate: (variables) => void log.push(`${name}onMutate ${String(variables)}`),
  onSuccess: (data) => void log.push(`${name}onSuccess ${String(data)}`),
  onError: (error) => void log.push(`${name}onError ${String(error)}`),
  onSettled: (data, error) => void log.push(`${name}onSettled ${String(data)} ${String(error)}`),
});
const observe = (options: Options = {}): MutationObserver<unknown, unknown> =>
  new MutationObserver(client, { mutationFn: work, ...options });

async function answer(index: number, data: unknown): Promise<void> {
  await settled();
  calls[index]!.answer.resolve(data);
  await settled();
}
async function fail(index: number, error: unknown): Promise<void> {
  await settled();
  calls[index]!.answer.reject(error);
  await settled();
}

describe("a mutation", () => {
  test("goes idle, pending, success, each a frozen state that is replaced on change only", async () => {
    const observer = observe();
    expect(observer.getResult()).toMatchObject({ status: "idle", isIdle: true, data: undefined, submittedAt: 0 });
    const promise = observer.actions.mutateAsync("a");
    const pending = observer.getResult();
    expect(pending).toMatchObject({ status: "pending", isPending: true, variables: "a", isPaused: false });
    expect(pending.submittedAt).toBe(clock.wallNow());
    expect(Object.isFrozen(pending)).toBe(true);
    expect(observer.getResult()).toBe(pending);
    await answer(0, 1);
    expect(await promise).toBe(1);
    expect(observer.getResult()).toMatchObject({ status: "success", isSuccess: true, data: 1, variables: "a" });
    expect(observer.getResult()).toBe(observer.getResult());
  });

  test("fails with what the function threw, as it is, and mutate swallows it", async () => {
    const error = new Error("no");
    const observer = observe();
    observer.actions.mutate("a");
    await fail(0, error);
    expect(observer.getResult()).toMatchObject({ status: "error", isError: true, failureCount: 1 });
    expect(observer.getResult().error).toBe(error);
    const rejecting = observer.actions.mutateAsync("b");
    void fail(1, error);
    await expect(rejecting).rejects.toBe(error);
    const thrower = new MutationObserver(client, {
      mutationFn: () => {
        throw error;
      },
    });
    await expect(thrower.actions.mutateAsync()).rejects.toBe(error);
  });

  test("calls onMutate, function, onSuccess and onSettled in this order, awaits each, and then shows its state", async () => {
    const gates = new Map<string, Deferred<unknown>>();
    const wait = (name: string): Promise<unknown> => {
      log.push(name);
      gates.set(name, deferred());
      return gates.get(name)!.promise;
    };
    const observer = observe({
      onMutate: () => wait("onMutate"),
      mutationFn: () => wait("fn"),
      onSuccess: () => wait("onSuccess"),
      onSettled: () => wait("onSettled"),
    });
    const promise = observer.actions.mutateAsync("a");
    for (const name of ["onMutate", "fn", "onSuccess", "onSettled"]) {
      expect([log.at(-1), observer.getResult().status]).toEqual([name, "pending"]);
      gates.get(name)!.resolve(name);
      await settled();
    }
    expect(observer.getResult()).toMatchObject({ status: "success", data: "fn", context: "onMutate" });
    expect(await promise).toBe("fn");
  });

  test("gives every callback the variables, the context, and what belongs to the call", async () => {
    const seen: unknown[][] = [];
    const note = (...args: unknown[]): void => void seen.push(args);
    const options: Options = { mutationKey: ["k"], meta: { toast: true }, onSuccess: note, onSettled: note };
    const observer = observe({ ...options, onError: note, onMutate: () => Promise.resolve("ctx") });
    observer.actions.mutate("a");
    await settled();
    await answer(0, 1);
    const call = { client, mutationKey: ["k"], meta: { toast: true }, signal: calls[0]!.signal };
    expect(seen).toEqual([
      [1, "a", "ctx", call],
      [1, undefined, "a", "ctx", call],
    ]);
    observer.actions.mutate("b");
    await settled();
    await fail(1, "no");
    expect(seen.slice(2).map((args) => args.slice(0, -1))).toEqual([
      ["no", "b", "ctx"],
      [undefined, "no", "b", "ctx"],
    ]);
  });

  test("that threw in onMutate never calls its function, and fails with it", async () => {
    const observer = observe({
      ...logged(""),
      onMutate: () => {
        throw new Error("early");
      },
    });
    await expect(observer.actions.mutateAsync("a")).rejects.toThrow("early");
    expect(log).toEqual(["onError Error: early", "onSettled undefined Error: early"]);
    expect(observer.getResult()).toMatchObject({ status: "error", failureCount: 0 });
  });

  test.each(["onSuccess", "onSettled"] as const)(
    "whose %s throws fails with it, without a rollback by onError",
    async (name) => {
      const thrower = (): never => {
        throw new Error("late");
      };
      const observer = observe({ ...logged(""), [name]: thrower });
      const promise = observer.actions.mutateAsync("a");
      void answer(0, 1);
      await expect(promise).rejects.toThrow("late");
      expect(observer.getResult()).toMatchObject({ status: "error", data: 1 });
      expect(log.join()).not.toContain("onError");
      if (name === "onSuccess") expect(log.at(-1)).toBe("onSettled 1 Error: late");
    },
  );

  test("that failed keeps its error, and what its callbacks throw is reported", async () => {
    const reported: unknown[] = [];
    vi.stubGlobal("reportError", (error: unknown) => reported.push(error));
    const thrower = (name: string) => (): never => {
      throw new Error(name);
    };
    const observer = observe({ onError: thrower("onError"), onSettled: thrower("onSettled") });
    const promise = observer.actions.mutateAsync("a");
    void fail(0, new Error("first"));
    await expect(promise).rejects.toThrow("first");
    expect(reported.map(String)).toEqual(["Error: onError", "Error: onSettled"]);
    vi.unstubAllGlobals();
  });

  test("tells a neighbour though a listener threw", async () => {
    vi.stubGlobal("reportError", () => undefined);
    const observer = observe();
    let heard = 0;
    observer.subscribe(() => {
      throw new Error("listener");
    });
    observer.subscribe(() => heard++);
    observer.actions.mutate("a");
    expect(heard).toBe(1);
    await answer(0, 1);
    expect(heard).toBe(2);
    vi.unstubAllGlobals();
  });
});

describe("retry", () => {
  test("is never by default, and otherwise waits longer each time, counting failures", async () => {
    const observer = observe({ retry: 2 });
    observer.actions.mutate("a");
    await fail(0, "one");
    expect(observer.getResult()).toMatchObject({ status: "pending", failureCount: 1, failureReason: "one" });
    clock.advance(499);
    expect(calls).toHaveLength(1);
    clock.advance(1);
    await settled();
    await fail(1, "two");
    clock.advance(1_000);
    await settled();
    await answer(2, 1);
    expect(observer.getResult()).toMatchObject({ status: "success", failureCount: 0, failureReason: undefined });
    observe().actions.mutate("b");
    await fail(3, "no");
    expect(clock.timers).toEqual([]);
    expect(isMutating(client)).toBe(0);
  });

  test("is asked, with the failures before and the error; and gives up with the last error", async () => {
    const asked: unknown[][] = [];
    const retry = (...args: [number, unknown]): boolean => asked.push(args) < 2;
    const promise = observe({ retry, retryDelay: 10 }).actions.mutateAsync("a");
    await fail(0, "one");
    clock.advance(10);
    await settled();
    void fail(1, "two");
    await expect(promise).rejects.toBe("two");
    expect(asked).toEqual([
      [0, "one"],
      [1, "two"],
    ]);
  });

  test("happens only while the client is mounted", async () => {
    client.unmount();
    const promise = observe({ retry: 5 }).actions.mutateAsync("a");
    void fail(0, "no");
    await expect(promise).rejects.toBe("no");
    expect(clock.timers).toEqual([]);
  });
});

describe("callbacks of one call", () => {
  test("74. fire only for the latest call, after the state; those of the options fire for every call", async () => {
    const observer = observe(logged(""));
    observer.subscribe(() => undefined);
    const callbacks = (name: string): object => {
      const { onMutate: _none, ...rest } = logged(name);
      return {
        ...rest,
        onSuccess: (data: unknown) => log.push(`${name}${observer.getResult().status} ${String(data)}`),
      };
    };
    observer.actions.mutate("a", callbacks("1 "));
    observer.actions.mutate("b", callbacks("2 "));
    await settled();
    log.length = 0;
    await answer(0, "A");
    await answer(1, "B");
    const own = ["onSuccess A", "onSettled A undefined", "onSuccess B", "onSettled B undefined"];
    expect(log).toEqual([...own, "2 success B", "2 onSettled B undefined"]);
  });

  test("74. do not fire after an unmount, while those of the options do", async () => {
    const observer = observe(logged(""));
    const leave = observer.subscribe(() => undefined);
    observer.actions.mutate("a", { onSuccess: () => log.push("late"), onSettled: () => log.push("late") });
    leave();
    await answer(0, "A");
    expect(log).toEqual(["onMutate a", "fn a", "onSuccess A", "onSettled A undefined"]);
    observer.subscribe(() => undefined);
    await settled();
    expect(log).not.toContain("late");
  });

  test("fire on failure, and do not fire after reset or cancel", async () => {
    const observer = observe();
    observer.subscribe(() => undefined);
    const note = {
      onError: (error: unknown) => log.push(`error ${String(error)}`),
      onSettled: () => log.push("settled"),
    };
    observer.actions.mutate("a", note);
    await fail(0, "no");
    expect(log.slice(1)).toEqual(["error no", "settled"]);
    observer.actions.mutate("b", note);
    observer.actions.reset();
    expect(observer.getResult().status).toBe("idle");
    await fail(1, "no");
    observer.actions.mutate("c", note);
    await settled();
    observer.actions.cancel();
    await settled();
    expect(log.slice(3)).toEqual(["fn b", "fn c"]);
  });
});

describe("a mutation", () => {
  test("75. runs onMutate though it is paused offline, and its function when the network is back", async () => {
    page.goOffline();
    const observer = observe(logged(""));
    observer.actions.mutate("a");
    await settled();
    expect(log).toEqual(["onMutate a"]);
    expect(observer.getResult()).toMatchObject({ status: "pending", isPaused: true });
    page.goOnline();
    await settled();
    expect(log).toEqual(["onMutate a", "fn a"]);
    expect(observer.getResult().isPaused).toBe(false);
    await answer(0, 1);
    expect(observer.getResult().status).toBe("success");
  });

  test("75. that has settled never runs again", async () => {
    page.goOffline();
    const observer = observe();
    observer.subscribe(() => undefined);
    observer.actions.mutate("a");
    page.goOnline();
    await settled();
    await answer(0, 1);
    page.goOffline();
    page.goOnline();
    await resumePausedMutations(client);
    clock.advance(100_000);
    await settled();
    expect(calls).toHaveLength(1);
  });

  test("75. of a scope waits for the one before it, in the order of the calls; other scopes run beside it", async () => {
    const serial = observe({ scope: { id: "cart" }, ...logged("") });
    const other = observe({ scope: { id: "user" } });
    for (const name of ["1", "2", "3"]) serial.actions.mutate(name);
    other.actions.mutate("other");
    observe().actions.mutate("free");
    await settled();
    expect(calls.map(({ variables }) => variables)).toEqual(["other", "free", "1"]);
    expect(log.slice(0, 3)).toEqual(["onMutate 1", "onMutate 2", "onMutate 3"]);
    expect(
      mutationsOf(client)
        .getMutations()
        .map(({ state }) => state.isPaused),
    ).toEqual([false, true, true, false, false]);
    await fail(2, "no");
    expect(calls.at(-1)?.variables).toBe("2");
    expect(log.at(-2)).toBe("onSettled undefined no");
    await answer(3, 1);
    expect(calls.at(-1)?.variables).toBe("3");
    expect(serial.getResult()).toMatchObject({ variables: "3", isPaused: false });
  });
});

describe("offline", () => {
  test("networkMode always never waits; offlineFirst tries once, and waits before it tries again", async () => {
    page.goOffline();
    observe({ networkMode: "always", retry: 1, retryDelay: 10 }).actions.mutate("always");
    const observer = observe({ networkMode: "offlineFirst", retry: 1, retryDelay: 10 });
    observer.actions.mutate("first");
    await settled();
    expect(calls).toHaveLength(2);
    await fail(0, "no");
    await fail(1, "no");
    clock.advance(10);
    await settled();
    expect(calls.map(({ variables }) => variables)).toEqual(["always", "first", "always"]);
    expect(observer.getResult()).toMatchObject({ isPaused: true, failureCount: 1 });
    page.goOnline();
    await settled();
    expect(calls.at(-1)?.variables).toBe("first");
  });

  test("a retry waits for the network as well", async () => {
    const observer = observe({ retry: 1, retryDelay: 10 });
    observer.actions.mutate("a");
    page.goOffline();
    await fail(0, "no");
    clock.advance(10);
    await settled();
    expect(observer.getResult().isPaused).toBe(true);
    page.goOnline();
    await settled();
    expect(calls).toHaveLength(2);
  });

  test("resumePausedMutations does nothing before the network is back, and waits for nobody", async () => {
    page.goOffline();
    observe().actions.mutate("a");
    await resumePausedMutations(client);
    expect(calls).toHaveLength(0);
  });

  test("what waits goes on when the client rests, for nobody tells of the network any more", async () => {
    page.goOffline();
    observe().actions.mutate("a");
    client.unmount();
    clock.advance(0);
    await settled();
    expect(calls).toHaveLength(1);
  });

  test("51. after a reconnect, paused mutations finish before queries are loaded again", async () => {
    const loaded = client.observe("q", backend.fetcher).subscribe(() => undefined);
    await backend.answer(0, "old");
    clock.advance(1);
    page.goOffline();
    const scope = { id: "cart" };
    for (const name of ["1", "2"]) observe({ scope }).actions.mutate(name);
    page.goOnline();
    await settled();
    expect([calls.length, backend.count]).toEqual([1, 1]);
    await answer(0, "one");
    expect([calls.length, backend.count]).toEqual([2, 1]);
    await fail(1, "two");
    expect(backend.count).toBe(2);
    loaded();
  });

  test("51. queries are not loaded when the page went offline again meanwhile; without mutations at once", async () => {
    const leave = client.observe("q", backend.fetcher).subscribe(() => undefined);
    await backend.answer(0, "old");
    clock.advance(1);
    page.goOffline();
    observe().actions.mutate("a");
    page.goOnline();
    await settled();
    page.goOffline();
    await answer(0, 1);
    expect(backend.count).toBe(1);
    page.goOnline();
    expect(backend.count).toBe(2);
    leave();
  });
});

describe("cancel", () => {
  test("aborts the signal, is idle at once, rolls back by onError, and rejects with an AbortError after that", async () => {
    const observer = observe({
      ...logged(""),
      onMutate: () => "before",
      onError: async (error, _variables, context) => {
        await settled();
        log.push(`rolled back to ${String(context)} after ${(error as Error).name}`);
      },
    });
    const promise = observer.actions.mutateAsync("a").catch((error: unknown) => log.push((error as Error).name));
    await settled();
    observer.actions.cancel();
    expect(calls[0]!.signal.aborted).toBe(true);
    expect(observer.getResult()).toMatchObject({ status: "idle", variables: undefined, isPaused: false });
    await promise;
    const end = ["rolled back to before after AbortError", expect.stringMatching(/^onSettled undefined AbortError/)];
    expect(log.slice(1)).toEqual([...end, "AbortError"]);
    await answer(0, "late");
    expect(observer.getResult().status).toBe("idle");
    expect(mutationsOf(client).getMutations()).toEqual([]);
  });

  test("of one that waits, for the network or for its turn, keeps it from ever running", async () => {
    page.goOffline();
    const waiting = observe({ scope: { id: "s" } });
    const queued = observe({ scope: { id: "s" } });
    const first = waiting.actions.mutateAsync("1");
    const second = queued.actions.mutateAsync("2");
    queued.actions.cancel();
    await expect(second).rejects.toMatchObject({ name: "AbortError" });
    waiting.actions.cancel();
    await expect(first).rejects.toMatchObject({ name: "AbortError" });
    page.goOnline();
    await settled();
    expect(calls).toEqual([]);
    expect(mutationsOf(client).getMutations()).toEqual([]);
  });

  test("during onMutate waits for it, calls no function, and gives its context to onError", async () => {
    const snapshot = deferred<string>();
    const observer = observe({
      onMutate: () => snapshot.promise,
      onError: (_error, _variables, context) => void log.push(`back to ${String(context)}`),
    });
    const promise = observer.actions.mutateAsync("a");
    observer.actions.cancel();
    snapshot.resolve("before");
    await expect(promise).rejects.toMatchObject({ name: "AbortError" });
    expect(log).toEqual(["back to before"]);
  });

  test("between two tries ends the wait, and its timer", async () => {
    const observer = observe({ retry: 3 });
    const promise = observer.actions.mutateAsync("a");
    await fail(0, "no");
    expect(clock.timers).toHaveLength(1);
    observer.actions.cancel();
    expect(clock.timers).toEqual([]);
    await expect(promise).rejects.toMatchObject({ name: "AbortError" });
    expect(calls).toHaveLength(1);
  });

  test("of a scope lets the next run when the function has really ended", async () => {
    const observer = observe({ scope: { id: "s" } });
    observer.actions.mutate("1");
    const next = observe({ scope: { id: "s" } });
    next.actions.mutate("2");
    observer.actions.cancel();
    await settled();
    expect(calls).toHaveLength(1);
    await fail(0, "aborted at last");
    expect(calls.at(-1)?.variables).toBe("2");
  });

  test("does nothing once the function has ended, or when nothing was called", async () => {
    const gate = deferred<void>();
    const observer = observe({ onSuccess: () => gate.promise });
    observer.actions.cancel();
    const promise = observer.actions.mutateAsync("a");
    await answer(0, 1);
    observer.actions.cancel();
    expect(observer.getResult().status).toBe("pending");
    gate.resolve();
    expect(await promise).toBe(1);
    observer.actions.cancel();
    expect(observer.getResult().status).toBe("success");
  });

  test("inside of the function counts", async () => {
    const observer: MutationObserver<unknown, unknown> = observe({
      mutationFn: () => {
        observer.actions.cancel();
        return 1;
      },
    });
    await expect(observer.actions.mutateAsync("a")).rejects.toMatchObject({ name: "AbortError" });
    expect(observer.getResult().status).toBe("idle");
  });
});

describe("the end of the client", () => {
  test("aborts what runs, rejects who awaits, and calls and changes nothing any more", async () => {
    const events: string[] = [];
    mutationsOf(client).subscribe(({ type }) => events.push(type));
    const running = observe(logged(""));
    let heard = 0;
    running.subscribe(() => heard++);
    const promises = [running.actions.mutateAsync("1"), observe({ retry: 1 }).actions.mutateAsync("2")];
    await fail(0, "no");
    page.goOffline();
    promises.push(observe().actions.mutateAsync("3"));
    await settled();
    const before = [running.getResult(), heard, events.length, log.length];
    client.dispose();
    expect(calls.map(({ signal }) => signal.aborted)).toEqual([true, true]);
    for (const promise of promises) await expect(promise).rejects.toMatchObject({ name: "AbortError" });
    await answer(0, 1);
    page.goOnline();
    clock.advance(100_000);
    await settled();
    expect([running.getResult(), heard, events.length, log.length]).toEqual(before);
    expect(calls).toHaveLength(2);
    expect(clock.timers).toEqual([]);
  });

  test("during a callback lets no other one run", async () => {
    const observer = observe({ ...logged(""), onSuccess: () => client.dispose() });
    const promise = observer.actions.mutateAsync("a");
    void answer(0, 1);
    await expect(promise).rejects.toMatchObject({ name: "AbortError" });
    expect(log).toEqual(["onMutate a", "fn a"]);
    expect(observer.getResult().status).toBe("pending");
  });

  test("makes a later call an error", async () => {
    const observer = observe();
    client.dispose();
    await expect(observer.actions.mutateAsync("a")).rejects.toMatchObject({ code: "disposed" });
    expect(() => observer.actions.mutate("a")).toThrow(/disposed/);
    expect(calls).toEqual([]);
  });
});

describe("defaults", () => {
  test("lie over each other: the client's, those of keys that fit, the hook's; undefined hides nothing", async () => {
    enterQueryWorld({
      defaultOptions: {
        mutations: { retry: 1, retryDelay: 1, meta: { from: "client" }, onSuccess: () => log.push("client") },
      },
    });
    setMutationDefaults(client, ["films"], { retry: 2, retryDelay: 2, mutationFn: (name: string) => `made ${name}` });
    setMutationDefaults(client, ["films", "add"], { retryDelay: 3 });
    setMutationDefaults(client, "films", { retryDelay: 4 });
    const resolve = (options: Options): object => mutationsOf(client).resolve("test", options);
    expect(resolve({})).toMatchObject({ retry: 1, retryDelay: 1, networkMode: "online", throwOnError: false });
    expect(resolve({ mutationKey: ["films"] })).toMatchObject({ retry: 2, retryDelay: 2, meta: { from: "client" } });
    expect(resolve({ mutationKey: ["films", "add", 1], retry: undefined })).toMatchObject({ retry: 2, retryDelay: 3 });
    expect(resolve({ mutationKey: ["films", "add"], retry: 0 })).toMatchObject({ retry: 0, retryDelay: 3 });
    expect(resolve({ mutationKey: ["film"] })).toMatchObject({ retry: 1 });
    const observer = new MutationObserver<string, string>(client, { mutationKey: ["films", "add"] });
    expect(await observer.actions.mutateAsync("Ran")).toBe("made Ran");
    expect(log).toEqual(["client"]);
  });

  test("may be a function for every mutation that brings none", async () => {
    const mutationFn = (variables: unknown): string => `sent ${String(variables)}`;
    enterQueryWorld({ defaultOptions: { mutations: { mutationFn } } });
    setMutationDefaults(client, ["own"], { mutationFn: (name: string) => `own ${name}` });
    expect(await new MutationObserver<string, string>(client, {}).actions.mutateAsync("a")).toBe("sent a");
    const own = new MutationObserver<string, string>(client, { mutationKey: ["own"] });
    expect(await own.actions.mutateAsync("b")).toBe("own b");
  });

  test("may come after the hook; without any function, a call is an error that says what to do", async () => {
    const observer = new MutationObserver<string, string>(client, { mutationKey: ["late"] });
    await expect(observer.actions.mutateAsync("a")).rejects.toThrow(/got no mutationFn.*setMutationDefaults/);
    expect(() => observer.actions.mutate("a")).toThrow(/no mutationFn/);
    expect(mutationsOf(client).getMutations()).toEqual([]);
    setMutationDefaults(client, ["late"], { mutationFn: (name: string) => name });
    expect(await observer.actions.mutateAsync("a")).toBe("a");
  });

  test("of the newest options are used", async () => {
    const observer = observe({ mutationFn: () => "old" });
    observer.update({ mutationFn: () => "new" });
    expect(await observer.actions.mutateAsync(1)).toBe("new");
  });
});

describe("the store", () => {
  test("finds by key, by status and by predicate, in the order of the calls", async () => {
    const store = mutationsOf(client);
    observe({ mutationKey: ["films", 1] }).actions.mutate("a");
    observe({ mutationKey: ["films", 2], meta: { urgent: true } }).actions.mutate("b");
    observe({ mutationKey: "films" }).actions.mutate("c");
    observe().actions.mutate("d");
    await answer(0, 1);
    const found = (filter: Parameters<typeof store.getMutations>[0]): unknown[] =>
      store.getMutations(filter).map(({ state }) => state.variables);
    expect(found({})).toEqual(["a", "b", "c", "d"]);
    expect(found({ mutationKey: ["films"] })).toEqual(["a", "b"]);
    expect(found({ mutationKey: ["films", 2], exact: true })).toEqual(["b"]);
    expect(found({ mutationKey: ["films"], exact: true })).toEqual([]);
    expect(found({ mutationKey: "films" })).toEqual(["c"]);
    expect(found({ mutationKey: ["films", 1, 2] })).toEqual([]);
    expect(found({ status: "pending" })).toEqual(["b", "c", "d"]);
    expect(found({ predicate: ({ meta }) => meta?.urgent === true })).toEqual(["b"]);
    expect([isMutating(client), isMutating(client, { mutationKey: ["films"] })]).toEqual([3, 1]);
    expect(mutationsOf(client)).toBe(store);
  });

  test("keeps the last 100 that settled, besides those that run or are shown", async () => {
    const store = mutationsOf(client);
    const shown = observe({ mutationFn: () => "shown" });
    const leave = shown.subscribe(() => undefined);
    await shown.actions.mutateAsync("shown");
    const running = observe();
    running.actions.mutate("running");
    const observer = observe({ mutationFn: (variables) => variables });
    for (let index = 0; index < 150; index++) await observer.actions.mutateAsync(index);
    await settled();
    const variables = store.getMutations().map(({ state }) => state.variables);
    expect(variables).toEqual(["shown", "running", ...Array.from({ length: 100 }, (_each, index) => index + 50)]);
    leave();
    expect(store.getMutations()).toHaveLength(101);
    await answer(0, 1);
    expect(store.getMutations()).toHaveLength(100);
  });

  test("tells of what comes, changes and goes, also when a listener throws", async () => {
    const events: string[] = [];
    const store = mutationsOf(client);
    vi.stubGlobal("reportError", () => undefined);
    store.subscribe(() => {
      throw new Error("listener");
    });
    const leave = store.subscribe(({ type, mutation }) => events.push(`${type} ${mutation.state.status}`));
    observe().actions.mutate("a");
    await answer(0, 1);
    store.clear();
    expect(events).toEqual(["added pending", "updated success", "removed idle"]);
    leave();
    observe().actions.mutate("b");
    expect(events).toHaveLength(3);
    vi.unstubAllGlobals();
  });

  test("cleared runs nothing that waited, calls no callback, and shows every hook idle", async () => {
    const store = mutationsOf(client);
    const observer = observe({ ...logged(""), scope: { id: "s" } });
    observer.subscribe(() => undefined);
    const running = observer.actions.mutateAsync("1");
    const next = observer.actions.mutateAsync("2");
    const done = observe({ mutationFn: () => 1 });
    done.subscribe(() => undefined);
    await done.actions.mutateAsync("3");
    log.length = 0;
    store.clear();
    await expect(running).rejects.toMatchObject({ name: "AbortError" });
    await expect(next).rejects.toMatchObject({ name: "AbortError" });
    await answer(0, 1);
    expect(log).toEqual([]);
    expect(calls).toHaveLength(1);
    expect([observer.getResult().status, done.getResult().status]).toEqual(["idle", "idle"]);
    expect([store.getMutations(), isMutating(client)]).toEqual([[], 0]);
    observer.actions.mutate("4");
    await settled();
    expect(calls).toHaveLength(2);
  });

  test("is one for each client, and hears nothing of the network while nothing runs", async () => {
    const once = vi.spyOn(client.host, "once");
    observe({ mutationFn: () => 1 }).actions.mutate("a");
    await settled();
    expect(once).toHaveBeenCalledTimes(1);
    page.goOffline();
    page.goOnline();
    expect(once).toHaveBeenCalledTimes(1);
    const other = new QueryClient();
    expect(mutationsOf(other)).not.toBe(mutationsOf(client));
    other.dispose();
  });
});

describe("an observer", () => {
  test("tells only of fields that were read; before the first, of every change", async () => {
    const observer = observe();
    let heard = 0;
    observer.subscribe(() => heard++);
    observer.getSnapshot();
    observer.actions.mutate("a");
    expect(heard).toBe(1);
    observer.noteRead("data");
    observer.actions.mutate("b");
    expect(heard).toBe(1);
    await answer(1, 1);
    expect(heard).toBe(2);
    expect(observer.getSnapshot().data).toBe(1);
  });

  test("shows a server and a page that hydrates nothing but idle", () => {
    const observer = observe();
    const server = observer.getServerSnapshot();
    observer.actions.mutate("a");
    expect(observer.getServerSnapshot()).toBe(server);
    expect(server.status).toBe("idle");
  });
});
