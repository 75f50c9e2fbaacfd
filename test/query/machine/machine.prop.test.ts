import fc from "fast-check";
import { type Fetcher, type QueryObserver, type QueryOptions, type QueryResult } from "macho-cache/query";
import { expect, test } from "vitest";
import type { Request } from "../../support/backend.ts";
import { drained } from "../../support/drained.ts";
import { type ModelHook, type ModelLoad, type MountedHook, QueryModel } from "../../support/query-model.ts";
import { QueryWorld } from "../../support/query-world.ts";

const KEYS = ["a", "b"] as const;
const HOOKS = 4;
const CAPACITY = 4;

const key = fc.constantFrom(...KEYS);
const hook = fc.nat(HOOKS - 1);
const options = fc.record({
  staleTime: fc.constantFrom(0, 30, Infinity),
  ttl: fc.constantFrom(50, Infinity),
  enabled: fc.constantFrom(true, true, true, false),
  deaf: fc.constantFrom(false, false, true),
  isTagged: fc.boolean(),
  errorTtl: fc.constantFrom(0, 0, 37),
  interval: fc.constantFrom(0, 41),
});
/** What a render changes: the functions among the options are others, and so are some numbers. */
const change: fc.Arbitrary<Partial<ModelHook>> = fc.oneof(
  fc.record({ staleTime: fc.constantFrom(0, 30, Infinity) }),
  fc.record({ ttl: fc.constantFrom(50, Infinity), deaf: fc.boolean() }),
  fc.record({ enabled: fc.boolean() }),
  fc.record({ errorTtl: fc.constantFrom(0, 37) }),
  fc.record({ interval: fc.constantFrom(0, 41, 43) }),
);
const TAGS = { tags: ["tag"] };
/** Ms of a sleep, or of a stretch in which no timer runs. */
const LONG = 5_000;

const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant("mount" as const), hook, key, options }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("unmount" as const), hook }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("change" as const), hook, changes: change }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("refetch" as const), hook }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("fetch" as const), key, options }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("leave" as const), caller: fc.nat(5) }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("answer" as const), load: fc.nat(6), failed: fc.boolean() }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("set" as const), key }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("invalidate" as const), key }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("remove" as const), key }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("cacheDelete" as const), key }) },
  { weight: 2, arbitrary: fc.constant({ do: "invalidateTag" as const }) },
  { weight: 1, arbitrary: fc.constantFrom({ do: "clear" as const }, { do: "cacheClear" as const }) },
  { weight: 1, arbitrary: fc.constantFrom({ do: "crowd" as const }, { do: "focus" as const }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.constantFrom(0, 1, 29, 50) }) },
  // Long enough for everything to be due, and for a timer to have been lost.
  { weight: 1, arbitrary: fc.constantFrom({ do: "sleep" as const }, { do: "lose" as const }) },
  { weight: 1, arbitrary: fc.constant({ do: "refuse" as const }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

interface Mounted {
  readonly key: string;
  readonly model: MountedHook;
  readonly observer: QueryObserver;
  /** What it showed, in order. */
  readonly shown: unknown[];
  leave(): void;
}

/** A real client and its model, which get the same steps. */
class Pair extends QueryWorld {
  readonly model = new QueryModel(KEYS);
  readonly #hooks: (Mounted | undefined)[] = Array.from({ length: HOOKS });
  readonly #callers: AbortController[] = [];
  readonly #calls: Promise<unknown>[] = [];

  constructor() {
    super({ cache: { maxCacheSize: CAPACITY }, queries: { retry: false } });
  }

  run(next: Step): void {
    const { client, model } = this;
    switch (next.do) {
      case "mount":
        this.#unmount(next.hook);
        return this.#mount(next.hook, next.key, next.options);
      case "unmount":
        return this.#unmount(next.hook);
      case "change":
        return this.#change(next.hook, next.changes);
      case "refetch":
        return this.#refetch(next.hook);
      case "fetch":
        return this.#fetch(next.key, next.options);
      case "leave":
        this.#callers[next.caller]?.abort();
        return model.leave(next.caller);
      case "answer":
        return this.#answer(next.load, next.failed);
      case "set":
        return this.#set(next.key);
      case "invalidate":
        void client.invalidateQueries(next.key);
        return model.invalidate(next.key);
      case "invalidateTag":
        void client.invalidateQueries(TAGS);
        return model.invalidateTag();
      case "remove":
        client.removeQueries(next.key);
        return model.remove(next.key);
      case "cacheDelete":
        client.cache.delete(JSON.stringify(next.key));
        return model.cacheDelete(next.key);
      case "clear":
        client.clear();
        return KEYS.forEach((each) => model.remove(each));
      case "cacheClear":
        client.cache.clear();
        return KEYS.forEach((each) => model.cacheDelete(each));
      case "crowd":
        // As many as fit, so that everything goes that is not on screen.
        for (let other = 0; other < CAPACITY; other++) client.cache.set(`other ${other}`, other);
        return model.crowd();
      case "focus":
        this.page.focus();
        return KEYS.forEach((each) => model.focus(each));
      case "wait":
        this.clock.advance(next.ms);
        return model.advance(next.ms);
      case "sleep":
        this.clock.sleep(LONG);
        return;
      case "lose":
        this.clock.lose();
        this.clock.busy(LONG);
        return;
      case "refuse":
        // Who leaves while no timer can be set does so in a microtask, which this step does not wait for.
        if (this.clock.refuses) return;
        // What was set before is not lost.
        this.clock.advance(0);
        model.advance(0);
        this.clock.refuses = true;
    }
  }

  /** Before a step that moves the time: tasks begin of which the machine slept, or a timer is set, between two. */
  async before(): Promise<void> {
    await drained();
    this.#settle();
    if (!this.clock.refuses) return;
    this.clock.refuses = false;
    await this.#use();
  }

  #settle(): void {
    // Without timers hooks leave in a microtask, the first of those that are on their way.
    if (this.clock.refuses) this.model.leaveAll();
    this.model.settle();
  }

  /** After one: what was due when nothing ran is seen to by the next use. */
  async after(next: Step): Promise<void> {
    if (next.do === "wait") return;
    await this.#use();
    this.clock.advance(0);
    await drained();
    this.model.wake(LONG);
  }

  async #use(): Promise<void> {
    this.client.getQueryData("nothing");
    await drained();
  }

  #mount(index: number, name: string, model: ModelHook): void {
    const observer = this.client.observe(name, this.#fetcherOf(model), optionsOf(model));
    const shown: unknown[] = [];
    const leave = observer.subscribe(() => shown.push(observer.getResult().data));
    // The model changes its copy.
    const own = { ...model, since: 0 };
    this.#hooks[index] = { key: name, model: own, observer, shown, leave };
    this.model.mount(name, own);
  }

  #unmount(index: number): void {
    const mounted = this.#hooks[index];
    if (!mounted) return;
    this.#hooks[index] = undefined;
    mounted.leave();
    this.model.unmount(mounted.key, mounted.model);
  }

  #change(index: number, changes: Partial<ModelHook>): void {
    const mounted = this.#hooks[index];
    if (!mounted) return;
    const { key: name, model, observer } = mounted;
    const { interval: refetchInterval = model.interval, deaf: _deaf, ...rest } = changes;
    observer.update(this.#fetcherOf({ ...model, ...changes }), { ...observer.options, ...rest, refetchInterval });
    this.model.change(name, model, changes);
  }

  #fetcherOf({ deaf }: ModelHook): Fetcher<unknown> {
    return deaf ? this.backend.deaf : this.backend.fetcher;
  }

  #refetch(index: number): void {
    const mounted = this.#hooks[index];
    if (!mounted) return;
    void mounted.observer.refetch();
    this.model.refetch(mounted.key, mounted.model);
  }

  #fetch(name: string, asks: ModelHook): void {
    const caller = new AbortController();
    const { staleTime, ttl, errorTtl, isTagged } = asks;
    const asked = { staleTime, ttl, errorTtl, signal: caller.signal, ...(isTagged && TAGS) };
    this.#calls.push(this.client.fetchQuery(name, this.#fetcherOf(asks), asked).catch(() => undefined));
    this.model.fetch(name, this.#callers.push(caller) - 1, asks);
  }

  /** Also one that was answered or aborted before: late and double answers. */
  #answer(index: number, failed: boolean): void {
    const load = this.model.loads.at(-1 - index);
    const request = load && this.#requestOf(load);
    if (!load || !request) return;
    if (failed) request.answer.reject(new Error("no"));
    else request.answer.resolve(load.version);
    this.model.answer(load, failed);
  }

  /** Where loads of two keys begin at once, their order is nobody's business; within a key it counts. */
  #requestOf(load: ModelLoad): Request | undefined {
    const place = this.model.loads.filter((each) => each.key === load.key).indexOf(load);
    return this.backend.requests.filter((each) => each.key === load.key)[place];
  }

  #set(name: string): void {
    const version = this.model.nextVersion();
    this.client.setQueryData(name, version);
    this.model.set(name, version);
  }

  /** What holds whenever everything that was under way has arrived. */
  check(): void {
    const { backend, client, model } = this;
    this.#settle();
    for (const name of KEYS) {
      const requests = backend.requests.filter((each) => each.key === name);
      const loads = model.loads.filter((each) => each.key === name);
      expect(requests.map(({ signal }) => signal?.aborted ?? false)).toEqual(loads.map((load) => load.isAborted));
    }
    const loading = [...model.keys.values()].filter((each) => each.load).length;
    expect(client.isFetching()).toBe(loading);
    for (const mounted of this.#hooks) if (mounted) this.#checkHook(mounted);
    for (const [name, { value }] of model.keys) {
      const info = client.getQueries().find((query) => query.key === name);
      expect(info?.data).toBe(value);
    }
  }

  #checkHook({ key: name, model: hookModel, observer, shown }: Mounted): void {
    const { value, load } = this.model.key(name);
    const expected: Partial<Record<keyof QueryResult<unknown>, unknown>> = {
      data: value,
      status: this.model.status(name),
      fetchStatus: load ? "fetching" : "idle",
      isStale: hookModel.enabled && this.model.isStale(name, hookModel.staleTime),
    };
    expect(observer.getResult()).toMatchObject(expected);
    const values = shown.filter((each) => each !== undefined) as number[];
    expect(values, "no value older than one already shown").toEqual(values.toSorted((one, other) => one - other));
  }

  /** The client ends, whatever is under way: every call settles, and nothing is armed, asked or told any more. */
  async checkDispose(): Promise<void> {
    const { client, clock, backend, model } = this;
    client.dispose();
    model.dispose();
    await Promise.all(this.#calls);
    const shown = this.#hooks.map((each) => each?.shown.length);
    for (let index = 0; index < model.loads.length; index++) this.#answer(index, false);
    clock.advance(100);
    this.page.focus();
    await drained();
    for (const name of KEYS) {
      const loads = model.loads.filter((each) => each.key === name);
      const requests = backend.requests.filter((each) => each.key === name);
      expect(requests.map(({ signal }) => signal?.aborted ?? false)).toEqual(loads.map((load) => load.isAborted));
    }
    expect(this.#hooks.map((each) => each?.shown.length)).toEqual(shown);
    expect([client.getQueries(), clock.timers, this.page.listeners]).toEqual([[], [], 0]);
  }

  /** Everything goes: nothing stays pinned, alive or armed. */
  async checkEnd(): Promise<void> {
    this.clock.refuses = false;
    await this.#use();
    for (let index = 0; index < HOOKS; index++) this.#unmount(index);
    this.#callers.forEach((caller, index) => {
      caller.abort();
      this.model.leave(index);
    });
    this.clock.advance(1);
    this.model.advance(1);
    await drained();
    for (let index = 0; index < this.model.loads.length; index++) this.#answer(index, true);
    await drained();
    this.check();
    expect(this.client.isFetching()).toBe(0);
    for (const [index, query] of this.client.getQueries().entries()) {
      expect([index, query.observerCount, query.status]).toEqual([index, 0, this.model.status(String(query.key))]);
    }
    this.client.clear();
    expect(this.clock.timers).toEqual([]);
    expect(this.client.getQueries()).toEqual([]);
  }
}

function optionsOf({ interval, isTagged, deaf: _deaf, ...rest }: ModelHook): QueryOptions {
  return { ...rest, refetchInterval: interval, ...(isTagged && TAGS) };
}

const ASKED: Extract<Step, { do: "fetch" }>["options"] = {
  staleTime: 0,
  ttl: 50,
  enabled: true,
  deaf: false,
  isTagged: false,
  errorTtl: 0,
  interval: 0,
};
/** A hook is mounted in the task in which the only caller of a load leaves: that it has ended did not arrive yet. */
const EVICTED: { step: Step; arrives: boolean }[] = [
  { step: { do: "set", key: "b" }, arrives: true },
  { step: { do: "fetch", key: "b", options: ASKED }, arrives: true },
  { step: { do: "crowd" }, arrives: true },
  { step: { do: "leave", caller: 0 }, arrives: false },
  { step: { do: "mount", hook: 0, key: "b", options: ASKED }, arrives: true },
];
/** Data on screen is not in the cache, since it was evicted before a hook showed it; then its load fails. */
const EVICTED_AND_FAILED: { step: Step; arrives: boolean }[] = [
  { step: { do: "set", key: "b" }, arrives: true },
  { step: { do: "fetch", key: "b", options: { ...ASKED, errorTtl: 37 } }, arrives: true },
  { step: { do: "crowd" }, arrives: true },
  { step: { do: "mount", hook: 0, key: "b", options: { ...ASKED, errorTtl: 37 } }, arrives: true },
  { step: { do: "answer", load: 0, failed: true }, arrives: true },
  { step: { do: "wait", ms: 50 }, arrives: true },
];

test("the query machine agrees with the model, in any order of late, double, failed and aborted answers", async () => {
  await fc.assert(
    fc.asyncProperty(
      // A step after which nothing arrives yet meets the next one in the same task.
      fc.array(fc.record({ step, arrives: fc.constantFrom(true, true, false) }), { maxLength: 60, size: "max" }),
      fc.boolean(),
      async (steps, isDisposed) => {
        const pair = new Pair();
        for (const { step: next, arrives } of steps) {
          const movesTime = ["wait", "sleep", "lose"].includes(next.do);
          // An await is where what is on its way may arrive.
          if (movesTime) await pair.before();
          pair.run(next);
          if (movesTime) await pair.after(next);
          if (!arrives) continue;
          await drained();
          pair.check();
        }
        await (isDisposed ? pair.checkDispose() : drained());
        if (isDisposed) return;
        pair.check();
        await pair.checkEnd();
      },
    ),
    {
      numRuns: 2_000,
      examples: [
        [EVICTED, false],
        [EVICTED_AND_FAILED, false],
      ],
    },
  );
});
