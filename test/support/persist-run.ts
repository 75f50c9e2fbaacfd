// Random operations on a persisted client or cache, over a storage that fails, against a model.
import fc from "fast-check";
import { expect } from "vitest";
import { deferred, type Deferred } from "./deferred.ts";
import { drained } from "./drained.ts";
import { type Fault, FAULTS, FaultyTier, Disk } from "./faulty-tier.ts";
import { ManualClock } from "./manual-clock.ts";
import { PersistModel } from "./persist-model.ts";
import {
  CacheSubject,
  ClientSubject,
  NAMES,
  type Subject,
  TTL,
  type Versioned,
  type Which,
  WHICH,
} from "./persist-subject.ts";

const HOUR = 3_600_000;
const YEARS = 10 * 365 * 24 * HOUR;
/** Older than this, nothing is read. */
const MAX_AGE = 300_000;
const SCOPES = ["ada", "bob"];

export type Step =
  | { readonly does: "set" | "mount" | "unmount"; readonly name: string }
  | { readonly does: "load"; readonly name: string; readonly staleTime: number }
  | { readonly does: "answer"; readonly fails: boolean }
  | { readonly does: "remove" | "invalidate"; readonly which: Which }
  | { readonly does: "clear" | "crowd" | "flush" | "purge" | "scope" | "restore" | "release" | "broken clock" }
  | { readonly does: "pass" | "jump"; readonly ms: number }
  | {
      readonly does: "reload";
      readonly how: "stop" | "flush" | "crash";
      readonly isMade: boolean;
      readonly looks: boolean;
    }
  | { readonly does: "faults"; readonly faults: readonly (Fault | undefined)[] };

const name = fc.constantFrom(...NAMES);
const which = fc.constantFrom(...WHICH);
const always = <const D extends string>(does: D): fc.Arbitrary<{ does: D }> => fc.constant({ does });
export const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ does: fc.constant("set" as const), name }) },
  {
    weight: 6,
    arbitrary: fc.record({ does: fc.constant("load" as const), name, staleTime: fc.constantFrom(0, Infinity) }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constantFrom("mount" as const, "unmount" as const), name }) },
  { weight: 6, arbitrary: fc.record({ does: fc.constant("answer" as const), fails: fc.boolean() }) },
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom("remove" as const, "invalidate" as const), which }) },
  { weight: 1, arbitrary: fc.oneof(always("clear"), always("purge"), always("scope"), always("broken clock")) },
  {
    weight: 5,
    arbitrary: fc.oneof(always("flush"), always("crowd"), always("crowd"), always("restore"), always("release")),
  },
  {
    weight: 4,
    arbitrary: fc.record({ does: fc.constant("pass" as const), ms: fc.constantFrom(1, 200, 1_000, 5_000, 70_000) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ does: fc.constant("jump" as const), ms: fc.constantFrom(-YEARS, -HOUR, HOUR, YEARS) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant("reload" as const),
      how: fc.constantFrom("stop" as const, "flush" as const, "crash" as const),
      isMade: fc.boolean(),
      looks: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      does: fc.constant("faults" as const),
      faults: fc.array(fc.oneof(fc.constant(undefined), fc.constantFrom(...FAULTS)), { minLength: 1, maxLength: 6 }),
    }),
  },
);

export interface Setup {
  readonly subject: "client" | "cache";
  readonly isPlain: boolean;
}

export class PersistRun {
  readonly #setup: Setup;
  readonly #disk = new Disk();
  readonly #models = new Map(SCOPES.map((scope) => [scope, new PersistModel(NAMES)]));
  #scope = SCOPES[0]!;
  #clock = new ManualClock();
  #tier!: FaultyTier;
  #subject!: Subject;
  #faults: (Fault | undefined)[] = [];
  /** Fetchers that wait for an answer. */
  #requests: { readonly name: string; readonly answer: Deferred<Versioned> }[] = [];
  #hooks = new Map<string, ReturnType<NonNullable<Subject["mount"]>>>();
  #lost = 0;

  constructor(setup: Setup) {
    this.#setup = setup;
    this.#open();
  }

  async run(step: Step): Promise<void> {
    await this.#do(step);
    await drained();
    await this.#check();
  }

  /** The page ends, and what must come back does. */
  async end(): Promise<void> {
    await this.run({ does: "reload", how: "flush", isMade: true, looks: true });
    this.#subject.dispose();
  }

  get #model(): PersistModel {
    return this.#models.get(this.#scope)!;
  }

  async #do(step: Step): Promise<unknown> {
    const subject = this.#subject;
    const { persistence } = subject;
    switch (step.does) {
      case "set":
        return this.#set(step.name);
      case "load":
        return this.#load(step.name, step.staleTime);
      case "mount":
        if (!this.#hooks.has(step.name) && subject.mount) {
          this.#hooks.set(
            step.name,
            subject.mount(step.name, () => this.#fetch(step.name)),
          );
        }
        return undefined;
      case "unmount":
        this.#hooks.get(step.name)?.leave();
        return this.#hooks.delete(step.name);
      case "answer":
        return this.#answer(step.fails);
      case "remove":
        this.#model.removed(step.which.names);
        return subject.remove(step.which);
      case "invalidate":
        if (subject.invalidate) this.#model.invalidated(step.which.names);
        return subject.invalidate?.(step.which);
      case "clear":
        this.#model.removed(NAMES);
        return subject.clear();
      case "crowd":
        return subject.crowd();
      case "pass":
        this.#clock.advance(step.ms);
        return drained();
      case "jump":
        this.#clock.sleep(step.ms);
        // What comes from the future has no age: a cache, which does not say what is stale, gives it to nobody.
        if (step.ms < 0 && this.#setup.subject === "cache") for (const model of this.#models.values()) model.doubted();
        return undefined;
      case "broken clock":
        return this.#breakClock();
      case "flush":
        return this.#flush();
      case "restore":
        return this.#until(persistence.restore());
      case "release":
        for (const make of this.#tier.held.splice(0)) make();
        if (this.#setup.isPlain) this.#model.upset();
        return drained();
      case "purge":
        return this.#purge();
      case "scope":
        await this.#end("stop", false);
        this.#scope = SCOPES.find((scope) => scope !== this.#scope)!;
        return this.#open();
      case "reload":
        return this.#reload(step);
      case "faults":
        return (this.#faults = [...step.faults]);
      default:
        return step satisfies never;
    }
  }

  #open(): void {
    const clock = new ManualClock();
    clock.sleep(this.#clock.wallNow() - clock.wallNow());
    this.#clock = clock;
    const tier = new FaultyTier(this.#disk, this.#setup.isPlain);
    tier.fault = () => {
      const fault = this.#faults.shift();
      // What a plain storage gives is written back with a mark: it would be made wrong for good.
      return fault === "wrong" && this.#setup.isPlain ? "damaged" : fault;
    };
    this.#tier = tier;
    this.#lost = 0;
    const options = { storage: tier, scope: this.#scope, clock, maxAge: MAX_AGE, deadline: 100 };
    this.#subject =
      this.#setup.subject === "client" ? new ClientSubject(clock, options) : new CacheSubject(clock, options);
  }

  async #end(how: "stop" | "flush" | "crash", isMade: boolean): Promise<void> {
    if (how === "stop") await this.#until(this.#subject.persistence.stop()).then(() => this.#confirm(true));
    if (how === "flush") await this.#flush();
    this.#doubt();
    this.#subject.dispose();
    // What hangs in a storage that compares nothing may be older than what came after it.
    this.#tier.crash(() => isMade && !this.#setup.isPlain);
    this.#tier.fault = () => "never";
    await drained();
    this.#model.ended();
    this.#faults = [];
    this.#requests = [];
    this.#hooks.clear();
  }

  async #reload({ how, isMade, looks }: Extract<Step, { does: "reload" }>): Promise<void> {
    await this.#end(how, isMade);
    this.#open();
    await this.#until(this.#subject.persistence.ready);
    if (!looks) return;
    for (const [each, { kept }] of this.#model.keys) {
      this.#model.passed(this.#clock.wallNow());
      if (!kept || !this.#model.key(each).kept) continue;
      const load = this.#subject.load(each, Infinity, () => Promise.reject(new Error("asked")));
      const hook = this.#subject.mount?.(each, () => new Promise(() => undefined));
      await drained();
      const loaded = hook ? undefined : await load.catch(() => undefined);
      void load.catch(() => undefined);
      const version = (hook ? hook.look() : loaded)?.version ?? 0;
      hook?.leave();
      expect(version, `${each} was kept`).toBeGreaterThanOrEqual(kept.version);
      await this.#check();
    }
  }

  #set(each: string): void {
    const version = this.#model.next();
    this.#model.wrote(each, version, this.#until0());
    this.#subject.set(each, { key: each, version, scope: this.#scope });
  }

  /** Until when a value of now must be kept. */
  #until0(): number {
    return this.#clock.wallNow() + Math.min(TTL, MAX_AGE);
  }

  #fetch(each: string): Promise<Versioned> {
    const answer = deferred<Versioned>();
    this.#requests.push({ name: each, answer });
    return answer.promise;
  }

  #load(each: string, staleTime: number): void {
    const model = this.#model;
    const scope = this.#scope;
    const { floor } = model.key(each);
    const newest = model.next();
    const check = async (): Promise<void> => {
      const value = await this.#subject.load(each, staleTime, () => this.#fetch(each)).catch(() => undefined);
      if (!value) return;
      expect(value).toMatchObject({ key: each, scope });
      expect(value.version).toBeGreaterThanOrEqual(floor);
      // Who asks for fresh data gets no stored data.
      if (staleTime === 0) expect(value.version).toBeGreaterThan(newest);
    };
    check().catch((error: unknown) => (this.#failure ??= { error }));
  }

  #failure: { readonly error: unknown } | undefined;

  async #answer(fails: boolean): Promise<void> {
    const request = this.#requests.shift();
    if (!request) return;
    if (fails) request.answer.reject(new Error("down"));
    else {
      const version = this.#model.next();
      request.answer.resolve({ key: request.name, version, scope: this.#scope });
      await drained();
      const isThere = this.#subject.all().some(({ value }) => value.version === version);
      if (isThere) this.#model.wrote(request.name, version, this.#until0());
    }
    await drained();
  }

  async #flush(): Promise<void> {
    await this.#until(this.#subject.persistence.flush());
    this.#confirm();
  }

  /** Where nothing waits any more, all is stored. */
  #confirm(isStopped = false): void {
    const { status } = this.#subject.persistence;
    this.#doubt();
    const isGood = status.pending === 0 && status.breaker === "closed" && status.entries !== undefined;
    if (!isGood || (!isStopped && status.state !== "ready")) return;
    this.#model.confirmed();
    const records = this.#disk.records.filter(([id]) => id.startsWith(`macho.${this.#scope}.`));
    if (this.#tier.held.length > 0) return;
    const bytes = records.reduce((sum, [, { z }]) => sum + z, 0);
    expect([status.entries, status.bytes]).toEqual([records.length, bytes]);
  }

  /** What was given up, or could not be read, need not come back. */
  #doubt(): void {
    const { dropped, evicted, unpersistable, unusable } = this.#subject.persistence.status;
    const lost = dropped + evicted + unpersistable + unusable;
    if (lost > this.#lost) this.#model.doubted();
    this.#lost = lost;
  }

  async #purge(): Promise<void> {
    const model = this.#model;
    model.removed(NAMES);
    const floors = [...model.keys.values()].map((key) => ({ key, floor: key.floor }));
    const purged = this.#subject.persistence.purge().then(
      () => true,
      () => false,
    );
    if (!(await this.#until(purged))) return;
    for (const { key, floor } of floors) key.storedFloor = Math.max(key.storedFloor, floor);
  }

  /** For a while, the wall clock says nothing. */
  async #breakClock(): Promise<void> {
    const clock = this.#clock;
    const { wallNow } = clock;
    clock.wallNow = () => Number.NaN;
    this.#set("a1");
    this.#subject.crowd();
    await this.#until(this.#subject.persistence.flush());
    clock.wallNow = wallNow;
    this.#model.doubted();
  }

  /** Steps time until a promise of the library settles, which must not take for ever. */
  async #until<T>(promise: Promise<T>): Promise<T> {
    let isOver = false;
    const over = (): void => void (isOver = true);
    promise.then(over, over);
    for (let turn = 0; turn < 60; turn++) {
      await drained();
      if (isOver) return promise;
      this.#clock.advance(turn < 20 ? 0 : 5_000);
    }
    throw new Error("It never settles.");
  }

  async #check(): Promise<void> {
    await drained();
    if (this.#failure) throw this.#failure.error;
    this.#doubt();
    const wall = this.#clock.wallNow();
    this.#model.passed(wall);
    for (const { value, isStale } of this.#subject.all()) {
      expect(value.scope).toBe(this.#scope);
      expect(this.#model.seen(value.key, value.version, isStale)).toBeUndefined();
    }
  }
}
