import fc from "fast-check";
import { isMutating, MutationObserver, mutationsOf, type NetworkMode } from "macho-cache/query";
import { expect, test } from "vitest";
import { type Deferred, deferred } from "../../support/deferred.ts";
import { drained } from "../../support/drained.ts";
import { QueryWorld } from "../../support/query-world.ts";

const call = fc.record({
  scope: fc.constantFrom("a", "b", undefined),
  networkMode: fc.constantFrom<NetworkMode>("online", "online", "always", "offlineFirst"),
  retry: fc.constantFrom(0, 0, 2),
});
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ do: fc.constant("call" as const), call }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant("end" as const), work: fc.nat(3), failed: fc.boolean() }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("cancel" as const), call: fc.nat(5) }) },
  { weight: 3, arbitrary: fc.constantFrom({ do: "offline" as const }, { do: "online" as const }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant("wait" as const), ms: fc.constantFrom(1, 10, 100) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant("rerender" as const), call: fc.nat(5), retry: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.constantFrom({ do: "load" as const }, { do: "loaded" as const }) },
  { weight: 1, arbitrary: fc.constant({ do: "clear" as const }) },
);
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

type Call = typeof call extends fc.Arbitrary<infer T> ? T : never;

/** One call: what is known of it from outside. */
interface Made extends Omit<Call, "retry"> {
  readonly observer: MutationObserver<unknown, number>;
  /** How often its hook has rendered. */
  renders: number;
  retry: number;
  tries: number;
  failures: number;
  outcome: "open" | "succeeded" | "failed" | "aborted";
  isCancelled: boolean;
  /** Cleared, settled or not. */
  isForgotten: boolean;
  settledCount: number;
}

/** A function that runs now. */
interface Work {
  readonly made: Made;
  readonly end: Deferred<unknown>;
  readonly signal: AbortSignal;
}

/** A call of fetchQuery. */
interface Loading {
  /** It waits for the network, or for mutations that did. */
  isWaiting: boolean;
  answer: Deferred<string> | undefined;
  isOver: boolean;
}

/** A client whose mutations are called, answered and cancelled in any order. */
class World extends QueryWorld {
  readonly made: Made[] = [];
  working: Work[] = [];
  readonly loads: Loading[] = [];
  /** Mutations that waited at the last reconnect, and have not ended. */
  first: Made[] = [];
  isOnline = true;
  isDisposed = false;
  /** Rules that a function found broken when it was called; thrown there, they would only fail the mutation. */
  readonly #broken: unknown[] = [];

  run(next: Step): void {
    switch (next.do) {
      case "call":
        return this.#call(next.call);
      case "end":
        return this.#end(next.work, next.failed);
      case "cancel":
        return this.#cancel(this.made.at(-1 - next.call));
      case "online":
        return this.#goOnline();
      case "offline":
        this.isOnline = false;
        return this.page.goOffline();
      case "wait":
        return this.clock.advance(next.ms);
      case "rerender":
        return this.#rerender(this.made.at(-1 - next.call), next.retry);
      case "load":
        return this.#load();
      case "loaded":
        return this.loads.find(({ answer, isOver }) => answer && !isOver)?.answer?.resolve("loaded");
      case "clear":
        mutationsOf(this.client).clear();
        // Its scopes are forgotten as well: what still runs of them holds nobody up.
        this.working = [];
        for (const made of this.made) {
          made.isForgotten = true;
          if (made.outcome === "open") made.isCancelled = true;
        }
    }
  }

  #goOnline(): void {
    this.isOnline = true;
    this.first = this.made.filter((made) => this.first.includes(made) || made.observer.getResult().isPaused);
    // Where nothing goes first, loads go on at once, whoever waits at a reconnect within the same task.
    if (!this.#isAnyFirst) for (const loading of this.loads) loading.isWaiting = false;
    this.page.goOnline();
  }

  get #isAnyFirst(): boolean {
    return this.first.some(({ observer, isForgotten }) => !isForgotten && observer.getResult().status === "pending");
  }

  #call(options: Call): void {
    const id = this.made.length;
    const observer: Made["observer"] = new MutationObserver<unknown, number>(this.client, {});
    const made: Made = {
      ...options,
      observer,
      renders: 0,
      tries: 0,
      failures: 0,
      outcome: "open",
      isCancelled: false,
      isForgotten: false,
      settledCount: 0,
    };
    this.made.push(made);
    this.#rerender(made, options.retry);
    observer.actions.mutateAsync(id).then(
      () => (made.outcome = "succeeded"),
      (error: unknown) => (made.outcome = (error as Error).name === "AbortError" ? "aborted" : "failed"),
    );
  }

  /** The hook gives functions that know their render: only those of the newest are ever called. */
  #rerender(made: Made | undefined, retry: number): void {
    if (!made) return;
    const { scope, networkMode, observer } = made;
    const render = ++made.renders;
    made.retry = retry;
    const isNewest = (name: string): void => {
      if (render !== made.renders) this.#broken.push(new Error(`${name} of an old render was called`));
    };
    observer.update({
      mutationFn: (_variables, { signal }) => (isNewest("mutationFn"), this.#work(made, signal)),
      onError: () => isNewest("onError"),
      onSuccess: () => isNewest("onSuccess"),
      onSettled: () => (isNewest("onSettled"), void made.settledCount++),
      ...(scope && { scope: { id: scope } }),
      networkMode,
      retry: (failures) => (isNewest("retry"), failures < made.retry),
      retryDelay: () => (isNewest("retryDelay"), 10),
    });
  }

  #load(): void {
    const loading: Loading = { isWaiting: !this.isOnline, answer: undefined, isOver: false };
    const fetcher = (): Promise<string> => {
      if (loading.isWaiting && this.#isAnyFirst) this.#broken.push(new Error("a load went first"));
      if (!this.isOnline || this.isDisposed) this.#broken.push(new Error("a load went offline"));
      if (loading.answer) this.#broken.push(new Error("a load went twice"));
      loading.answer = deferred();
      return loading.answer.promise;
    };
    void this.client
      .fetchQuery(["load", this.loads.length], fetcher)
      .catch(() => undefined)
      .finally(() => (loading.isOver = true));
    this.loads.push(loading);
  }

  #work(made: Made, signal: AbortSignal): Promise<unknown> {
    try {
      this.#expectMay(made);
    } catch (error) {
      this.#broken.push(error);
    }
    made.tries++;
    const end = deferred<unknown>();
    this.working.push({ made, end, signal });
    return end.promise;
  }

  #expectMay(made: Made): void {
    expect(this.isDisposed, "nothing runs after dispose").toBe(false);
    expect(made.isCancelled, "what was cancelled never runs").toBe(false);
    expect(made.tries, "each runs once, and again only after a failure").toBe(made.failures);
    expect(made.outcome).toBe("open");
    const needsNetwork = made.networkMode === "online" || (made.networkMode === "offlineFirst" && made.tries > 0);
    expect(needsNetwork && !this.isOnline, "nothing runs that waits for the network").toBe(false);
    if (made.scope !== undefined) this.#expectTurn(made);
  }

  #expectTurn(made: Made): void {
    const running = this.working.filter((work) => work.made.scope === made.scope);
    expect(running, "one at a time in a scope").toEqual([]);
    const before = this.made.slice(0, this.made.indexOf(made)).filter(({ scope }) => scope === made.scope);
    const waits = before.filter(({ outcome, isCancelled }) => outcome === "open" && !isCancelled);
    expect(waits, "first come, first served").toEqual([]);
  }

  #end(index: number, failed: boolean): void {
    const [work] = this.working.splice(index, 1);
    if (!work) return;
    if (failed) work.made.failures++;
    if (failed) work.end.reject(new Error("no"));
    else work.end.resolve("yes");
  }

  #cancel(made: Made | undefined): void {
    if (!made || made.outcome !== "open") return;
    const wasPending = made.observer.getResult().status === "pending";
    made.observer.actions.cancel();
    // Too late once its function has ended, which may just have happened.
    if (wasPending && made.observer.getResult().status === "idle") made.isCancelled = true;
  }

  /** What holds whenever everything that was under way has arrived. */
  check(): void {
    for (const error of this.#broken) throw error;
    let open = 0;
    for (const made of this.made) {
      const { status } = made.observer.getResult();
      if (status === "pending") open++;
      const expected = { open: "pending", succeeded: "success", failed: "error", aborted: "idle" } as const;
      expect(status).toBe(made.isCancelled || made.isForgotten ? "idle" : expected[made.outcome]);
      if (made.isCancelled) expect(["open", "aborted"]).toContain(made.outcome);
      expect(made.settledCount).toBeLessThanOrEqual(1);
    }
    expect(isMutating(this.client)).toBe(open);
  }

  /** With the network and answers, everything ends; nothing is left. */
  async checkEnd(): Promise<void> {
    this.run({ do: "online" });
    const isOpen = (): boolean => this.working.length > 0 || this.loads.some(({ isOver }) => !isOver);
    for (let turn = 0; turn < 500 && (isOpen() || isMutating(this.client) > 0); turn++) {
      this.#end(0, false);
      this.run({ do: "loaded" });
      this.clock.advance(10);
      await drained();
    }
    this.check();
    expect(this.made.every(({ outcome }) => outcome !== "open")).toBe(true);
    expect(this.loads.every(({ isOver }) => isOver)).toBe(true);
    for (const made of this.made) if (made.outcome === "succeeded") expect(made.tries).toBe(made.failures + 1);
    expect(this.clock.timers).toEqual([]);
    mutationsOf(this.client).clear();
    expect(mutationsOf(this.client).getMutations()).toEqual([]);
  }

  /** Nothing runs any more, whatever happens next. */
  async checkDisposed(): Promise<void> {
    const states = this.made.map(({ observer }) => observer.getResult());
    const signals = this.working.map(({ signal }) => signal);
    this.client.dispose();
    this.isDisposed = true;
    expect(signals.every(({ aborted }) => aborted)).toBe(true);
    for (let turn = 0; turn < 5; turn++) {
      this.#end(0, turn % 2 === 0);
      this.run({ do: turn % 2 === 0 ? "online" : "offline" });
      this.clock.advance(100);
      await drained();
    }
    for (const error of this.#broken) throw error;
    expect(this.made.map(({ observer }) => observer.getResult())).toEqual(states);
    expect(this.made.every(({ outcome }) => outcome !== "open")).toBe(true);
    expect(this.clock.timers).toEqual([]);
  }
}

const OFFLINE: Step = { do: "offline" };
const ONLINE: Step = { do: "online" };
const LOAD: Step = { do: "load" };
const END: Step = { do: "end", work: 0, failed: false };
const callOf = (scope: "a" | "b"): Step => ({ do: "call", call: { scope, networkMode: "online", retry: 0 } });
const arriving = (steps: readonly Step[], arrives = true): { step: Step; arrives: boolean }[] =>
  steps.map((each) => ({ step: each, arrives }));

/** A reconnect within a reconnect, and another one where the chain of promises behind it has just ended. */
const RECONNECTS = [
  ...arriving([OFFLINE, LOAD, callOf("a"), callOf("a"), ONLINE, END]),
  ...arriving([ONLINE, callOf("b"), callOf("b"), END, ONLINE]),
];
/** Two reconnects in one task, and between them a call that waits for one that runs. */
const AT_ONCE = [
  ...arriving([callOf("a"), OFFLINE, LOAD]),
  ...arriving([ONLINE, callOf("a")], false),
  ...arriving([ONLINE]),
];

test("in any order of calls, ends, cancels and networks: one of a scope at a time, in order, each once, by its newest render, before loads that waited, none after dispose", async () => {
  await fc.assert(
    fc.asyncProperty(
      // A step after which nothing arrives yet meets the next one in the same task.
      fc.array(fc.record({ step, arrives: fc.constantFrom(true, true, false) }), { maxLength: 60, size: "max" }),
      fc.boolean(),
      async (steps, isDisposed) => {
        const world = new World();
        for (const { step: next, arrives } of steps) {
          world.run(next);
          if (!arrives) continue;
          await drained();
          world.check();
        }
        await drained();
        world.check();
        await (isDisposed ? world.checkDisposed() : world.checkEnd());
        world.client.dispose();
      },
    ),
    {
      numRuns: 400,
      examples: [
        [RECONNECTS, false],
        [AT_ONCE, false],
      ],
    },
  );
});
