// What a mutation's functions are where its hook gave others while a call is under way.
import { MutationObserver, type MutationOptions, setMutationDefaults } from "macho-cache/query";
import { beforeEach, describe, expect, test } from "vitest";
import { type Deferred, deferred, settled } from "../../support/deferred.ts";
import { client, clock, inQueryWorld, page } from "../../support/query-world.ts";

let log: string[];
let calls: Deferred<string>[];

inQueryWorld({ random: () => 0 });

beforeEach(() => {
  log = [];
  calls = [];
});

type Options = MutationOptions<string, string, string>;

/** What one render gives: functions that know whose they are. */
const render = (name: string, more: Options = {}): Options => ({
  mutationFn: (variables) => {
    log.push(`${name} fn ${variables}`);
    calls.push(deferred());
    return calls.at(-1)!.promise;
  },
  onSuccess: (data) => void log.push(`${name} success ${data}`),
  onError: (error) => void log.push(`${name} error ${String(error)}`),
  onSettled: () => void log.push(`${name} settled`),
  ...more,
});
const observe = (options: Options): MutationObserver<string, string, string> => new MutationObserver(client, options);
async function answer(data = "done"): Promise<void> {
  calls.at(-1)!.resolve(data);
  await settled();
}
async function fail(): Promise<void> {
  calls.at(-1)!.reject("no");
  await settled();
}

describe("a call under way", () => {
  test("93. tells the callbacks that the hook gave last", async () => {
    const observer = observe(render("open"));
    observer.actions.mutate("a");
    observer.update(render("closed"));
    await answer();
    expect(log).toEqual(["open fn a", "closed success done", "closed settled"]);
  });

  test("93. tells of a failure in the same way", async () => {
    const observer = observe(render("open"));
    observer.actions.mutate("a");
    observer.update(render("closed"));
    await fail();
    expect(log).toEqual(["open fn a", "closed error no", "closed settled"]);
  });

  test("93. that the hook has left tells the last callbacks that it gave", async () => {
    const observer = observe(render("old"));
    const leave = observer.subscribe(() => undefined);
    observer.actions.mutate("a");
    observer.update(render("new"));
    leave();
    await answer();
    expect(log.slice(1)).toEqual(["new success done", "new settled"]);
  });

  test("asks for each callback when it is its turn", async () => {
    const gate = deferred<void>();
    const observer = observe(render("old", { onSuccess: () => gate.promise }));
    observer.actions.mutate("a");
    await answer();
    observer.update(render("new"));
    gate.resolve();
    await settled();
    expect(log).toEqual(["old fn a", "new settled"]);
  });

  test("uses the newest function for another try, and is asked by the newest retry and retryDelay", async () => {
    const asked: string[] = [];
    const retry = (name: string): Options => ({
      retry: (failures) => asked.push(`${name} retry ${failures}`) > 0,
      retryDelay: (failures) => asked.push(`${name} delay ${failures}`) && 10,
    });
    const observer = observe(render("old", retry("old")));
    observer.actions.mutate("a");
    observer.update(render("new", retry("new")));
    await fail();
    expect(asked).toEqual(["new retry 0", "new delay 0"]);
    observer.update(render("newest"));
    clock.advance(10);
    await settled();
    expect(log).toEqual(["old fn a", "newest fn a"]);
    await fail();
    expect(log.slice(2)).toEqual(["newest error no", "newest settled"]);
  });

  test("runs the newest function after it waited for the network", async () => {
    page.goOffline();
    const observer = observe(render("old token"));
    observer.actions.mutate("a");
    await settled();
    observer.update(render("new token"));
    page.goOnline();
    await settled();
    await answer();
    expect(log).toEqual(["new token fn a", "new token success done", "new token settled"]);
  });

  test("runs the newest function after it waited for its turn, also of a hook that has left", async () => {
    const scope = { id: "cart" };
    const first = observe(render("first", { scope }));
    const second = observe(render("second", { scope }));
    first.actions.mutate("a");
    second.actions.mutate("b");
    second.update(render("newest", { scope }));
    await answer();
    expect(log.at(-1)).toBe("newest fn b");
  });

  test("runs the newest function after an onMutate that took long", async () => {
    const gate = deferred<string>();
    const observer = observe(render("old", { onMutate: () => gate.promise }));
    observer.actions.mutate("a");
    observer.update(render("new"));
    gate.resolve("context");
    await settled();
    expect(log).toEqual(["new fn a"]);
  });

  test("keeps its place in the scope in which it was called, and its key", async () => {
    const observer = observe(render("1", { scope: { id: "one" }, meta: { is: 1 } }));
    observer.actions.mutate("a");
    observer.update(render("2", { scope: { id: "two" }, meta: { is: 2 } }));
    observer.actions.mutate("b");
    expect(log).toEqual(["1 fn a", "2 fn b"]);
  });

  test("waits no more where the newest networkMode needs no network, when it is asked again", async () => {
    const observer = observe(render("old", { retry: 1, retryDelay: 10 }));
    observer.actions.mutate("a");
    page.goOffline();
    await fail();
    observer.update(render("new", { networkMode: "always" }));
    clock.advance(10);
    await settled();
    expect(log.at(-1)).toBe("new fn a");
  });

  test("goes on at once where its newest networkMode needs no network, and others wait on", async () => {
    page.goOffline();
    const observer = observe(render("old"));
    observer.actions.mutate("a");
    const other = observe(render("other"));
    other.actions.mutate("b");
    observer.update(render("new", { networkMode: "always" }));
    await settled();
    expect(log).toEqual(["new fn a"]);
    expect(other.getResult()).toMatchObject({ isPaused: true });
    page.goOnline();
    await settled();
    expect(log).toEqual(["new fn a", "other fn b"]);
  });

  test("of several calls of a hook, each goes by its newest options", async () => {
    const observer = observe(render("old"));
    observer.actions.mutate("a");
    observer.actions.mutate("b");
    observer.update(render("new"));
    for (const call of calls) call.resolve("done");
    await settled();
    expect(log.slice(2)).toEqual(["new success done", "new success done", "new settled", "new settled"]);
  });

  test("of two hooks with one key, each goes by its own options", async () => {
    const mutationKey = ["rename"];
    const one = observe(render("one", { mutationKey }));
    const other = observe(render("other", { mutationKey }));
    one.actions.mutate("a");
    other.update(render("newer other", { mutationKey }));
    await answer();
    expect(log.slice(1)).toEqual(["one success done", "one settled"]);
  });

  test("keeps its options where newer ones cannot be used, which is an error at once", async () => {
    const observer = observe(render("old"));
    observer.actions.mutate("a");
    expect(() => observer.update({ ...render("new"), retry: -1 })).toThrow(/retry must be/);
    await answer();
    expect(log).toEqual(["old fn a", "old success done", "old settled"]);
  });

  test("fails where its newest options have no function any more", async () => {
    page.goOffline();
    const observer = observe(render("old"));
    const promise = observer.actions.mutateAsync("a");
    observer.update({});
    page.goOnline();
    await expect(promise).rejects.toMatchObject({ code: "invalid-argument" });
  });

  test("goes by defaults that were set since, where the hook says nothing", async () => {
    const mutationKey = ["late"];
    setMutationDefaults(client, mutationKey, render("old"));
    const observer = observe({ mutationKey });
    observer.actions.mutate("a");
    setMutationDefaults(client, mutationKey, render("new"));
    await answer();
    expect(log).toEqual(["old fn a", "new success done", "new settled"]);
  });
});

test("94. callbacks of one call stay with it", async () => {
  const observer = observe(render("old"));
  observer.subscribe(() => undefined);
  observer.actions.mutate("a", { onSuccess: () => log.push("of the call") });
  observer.update(render("new"));
  await answer();
  expect(log.at(-1)).toBe("of the call");
});

test("94. another mutationKey is another mutation: the hook is idle, and the call keeps its functions", async () => {
  const observer = observe(render("film 1", { mutationKey: ["film", 1] }));
  observer.subscribe(() => undefined);
  observer.actions.mutate("a", { onSuccess: () => log.push("of the call") });
  observer.update(render("film 1 again", { mutationKey: ["film", 1] }));
  expect(observer.getResult().status).toBe("pending");
  observer.update(render("film 2", { mutationKey: ["film", 2] }));
  expect(observer.getResult().status).toBe("idle");
  await answer();
  expect(log.slice(1)).toEqual(["film 1 again success done", "film 1 again settled"]);
  expect(observer.getResult().status).toBe("idle");
});

describe("failureReason", () => {
  test("is that of the last try, beside the error", async () => {
    const observer = observe(render("r", { retry: 1, retryDelay: 10 }));
    observer.actions.mutate("a");
    calls[0]!.reject("try 1");
    await settled();
    clock.advance(10);
    await settled();
    calls[1]!.reject("try 2");
    await settled();
    expect(observer.getResult()).toMatchObject({ error: "try 2", failureCount: 2, failureReason: "try 2" });
  });

  test("is there already when the callbacks run", async () => {
    const seen: unknown[] = [];
    const observer = observe({ ...render("r"), onError: () => void seen.push(observer.getResult().failureReason) });
    observer.actions.mutate("a");
    await fail();
    expect(seen).toEqual(["no"]);
  });

  test("is that of the try where a retry function throws, and none where no try failed", async () => {
    const retry = (): never => {
      throw new Error("retry");
    };
    const observer = observe(render("r", { retry }));
    observer.actions.mutate("a");
    await fail();
    expect(observer.getResult()).toMatchObject({ error: new Error("retry"), failureCount: 1, failureReason: "no" });
    const early = observe({ ...render("e"), onMutate: () => Promise.reject(new Error("early")) });
    early.actions.mutate("a");
    await settled();
    expect(early.getResult()).toMatchObject({ status: "error", failureCount: 0, failureReason: undefined });
  });
});
