import {
  Cache,
  type CacheDump,
  type CacheOptions,
  cuckoo,
  type LoaderContext,
  type LoadLifetime,
  MachoError,
  exportCache,
  importCache,
  estimateBytes,
  getMany,
  setMany,
} from "macho-cache";
import { allPolicies, type Strategy } from "macho-cache/policies";
import fc from "fast-check";
import { mru } from "../../examples/own-policy/mru.js";
import { drained } from "./drained.ts";
import { FuzzModel, type FuzzWrite } from "./fuzz-model.ts";
import { ManualClock } from "./manual-clock.ts";

const OBJECTS: readonly unknown[] = [{}, () => 1, Symbol("a"), Symbol.for("b")];
const ODD = [
  0,
  -0,
  Number.NaN,
  2 ** 31,
  -(2 ** 31),
  1.5,
  Infinity,
  "1",
  "a",
  "",
  "\ud800",
  null,
  undefined,
  true,
  1n,
  2n ** 70n,
] as const;
/** What keys a run has: whole numbers alone, all that a `Map` takes, or the first other key late. */
const KEYS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  whole: fc.oneof(fc.nat(6), fc.nat(60), fc.constantFrom(-1, 65_536, 2 ** 31 - 1, -(2 ** 31))),
  any: fc.oneof(fc.nat(20), fc.nat(20).map(String), fc.constantFrom<unknown>(...ODD, ...OBJECTS)),
  late: fc.oneof({ weight: 60, arbitrary: fc.nat(30) }, { weight: 1, arbitrary: fc.constantFrom<unknown>(...ODD) }),
};
const ttls = fc.constantFrom(0.5, 1, 20, 300, 5_000, 20_000, 2 ** 31 + 5, Infinity);
const weight = fc.constantFrom(0, 1, 4, 31);
const index = fc.nat(5);

const { lfu, clock: second, slru, tinylfu, ...plainPolicies } = allPolicies;
const POLICIES: readonly (() => Strategy)[] = [
  ...Object.values(plainPolicies),
  lfu,
  () => lfu({ halveEvery: 2 }),
  second,
  () => second({ maxHits: 3 }),
  slru,
  () => slru({ protectedShare: 0.3 }),
  tinylfu,
  () => tinylfu({ windowShare: 0.4 }),
  mru,
];

const anyOptions = fc.record({
  maxCacheSize: fc.constantFrom(1, 2, 3, 4, 7, 20, 50, Infinity),
  maxWeight: fc.constantFrom(1, 5, 30, 200, Infinity, Infinity),
  weighs: fc.boolean(),
  ttl: ttls,
  timeToIdle: fc.constantFrom(15, 400, 20_000, Infinity, Infinity, Infinity),
  keepTtl: fc.boolean(),
  shardCount: fc.constantFrom(1, 1, 1, 2, 5),
  filter: fc.constantFrom("none", "none", "bloom", "cuckoo"),
  probability: fc.constantFrom(0.9, 0.3, 0.01, 1e-6),
  strategy: fc.constantFrom(...POLICIES),
  exactClock: fc.boolean(),
  timeout: fc.constantFrom(Infinity, Infinity, 30),
  random: fc.constantFrom<"seeded" | number>("seeded", "seeded", 1, Number.NaN, -1),
  listens: fc.boolean(),
});
type Options = typeof anyOptions extends fc.Arbitrary<infer T> ? T : never;

/** An operation by name, with what it needs. */
function named<N extends string, T extends object = object>(
  name: N,
  rest: { [P in keyof T]: fc.Arbitrary<T[P]> },
): fc.Arbitrary<{ do: N } & T> {
  // With all of its members required, a record has exactly these.
  return (fc.record(rest) as unknown as fc.Arbitrary<T>).map((made) => Object.assign(made, { do: name }));
}

/** What a listener may do as well, in the middle of an operation. */
const simple = (key: fc.Arbitrary<unknown>) =>
  [
    { weight: 20, arbitrary: named("set", { key }) },
    { weight: 7, arbitrary: named("setWith", { key, ttl: ttls, keepTtl: fc.constant(false), weight }) },
    { weight: 3, arbitrary: named("setWith", { key, ttl: fc.constant(undefined), keepTtl: fc.boolean(), weight }) },
    { weight: 20, arbitrary: named("get", { key }) },
    { weight: 4, arbitrary: named("delete", { key }) },
    { weight: 2, arbitrary: named("setMany", { keys: fc.array(key, { maxLength: 9 }) }) },
    { weight: 1, arbitrary: named("purge", {}) },
    { weight: 1, arbitrary: named("clear", {}) },
  ] as const;

const operations = (key: fc.Arbitrary<unknown>) => {
  const inner = fc.array(fc.oneof(...simple(key)), { maxLength: 4 });
  return fc.oneof(
    ...simple(key),
    { weight: 4, arbitrary: named("look", { key }) },
    { weight: 2, arbitrary: named("getMany", { keys: fc.array(key, { maxLength: 5 }) }) },
    { weight: 6, arbitrary: named("pin", { key }) },
    { weight: 6, arbitrary: named("unpin", { index, twice: fc.boolean() }) },
    { weight: 5, arbitrary: named("wait", { ms: fc.constantFrom(0.25, 1, 19, 399, 2_500) }) },
    { weight: 4, arbitrary: named("work", { ms: fc.constantFrom(0, 1, 14, 30, 6_000) }) },
    { weight: 1, arbitrary: named("sleep", { ms: fc.constantFrom(1_500, 60_000) }) },
    { weight: 1, arbitrary: named("lose", {}) },
    { weight: 1, arbitrary: named("refuse", { refuses: fc.boolean() }) },
    {
      weight: 3,
      arbitrary: named("resize", { size: fc.constantFrom(5, 6, 9, 40), weight: fc.constantFrom(5, 20, 90) }),
    },
    { weight: 2, arbitrary: named("import", { key, age: fc.constantFrom(0, 10, 3_000, 50_000), ttl: ttls, weight }) },
    { weight: 1, arbitrary: named("importOwn", {}) },
    { weight: 1, arbitrary: named("importBad", { key }) },
    { weight: 1, arbitrary: named("reset", {}) },
    { weight: 3, arbitrary: named("within", { key, inner }) },
    { weight: 2, arbitrary: named("iterate", { inner }) },
    {
      weight: 4,
      arbitrary: named("load", {
        key,
        ttl: ttls,
        how: fc.constantFrom("later", "later", "now", "throws", "ignores"),
        staleTime: fc.constantFrom(Infinity, 0, 10, 100),
        serveStale: fc.boolean(),
        staleIfError: fc.boolean(),
        timeout: fc.constantFrom(undefined, undefined, Infinity, 5, 50),
        says: fc.constantFrom<LoadLifetime | undefined>(undefined, undefined, { ttl: 70 }, { isStorable: false }),
      }),
    },
    {
      weight: 4,
      arbitrary: named("settle", {
        index,
        how: fc.constantFrom("answer" as const, "answer" as const, "fail" as const, "abort" as const),
      }),
    },
    { weight: 4, arbitrary: named("tick", {}) },
  );
};
type Operation = ReturnType<typeof operations> extends fc.Arbitrary<infer T> ? T : never;

/** A cache with any options, any keys, and operations on it. */
export const fuzzRuns = (longest: number) =>
  fc.tuple(anyOptions, fc.constantFrom(...Object.keys(KEYS))).chain(([made, kind]) =>
    fc.record({
      made: fc.constant(made),
      kind: fc.constant(kind),
      operations: fc.array(operations(KEYS[kind]!), { minLength: 20, maxLength: longest, size: "max" }),
      isDisposedEarly: fc.boolean(),
    }),
  );

/** Somebody who waits for a load. */
interface Caller {
  readonly abort: AbortController;
  isSettled: boolean;
}

/** A loader that was called. */
interface Loading {
  answer(): void;
  fail(): void;
}

const weightOf = (value: number): number => value % 7;
/** The most ms of work in one task, where the time is kept: beyond a second it may be wrong. */
const MAX_TASK = 400;

/** As `expect` checks it, and many times as fast. */
function same(what: string, got: readonly unknown[], expected: readonly unknown[]): void {
  if (got.length === expected.length && got.every((each, at) => Object.is(each, expected[at]))) return;
  throw new Error(`${what}: ${got.map(String).join(", ")}, not ${expected.map(String).join(", ")}`);
}

function holds(what: string, isTrue: boolean): void {
  if (!isTrue) throw new Error(`It must be that ${what}`);
}

function refuses(what: string, run: () => void): void {
  try {
    run();
  } catch (error) {
    if (error instanceof MachoError) return;
    throw error;
  }
  throw new Error(`${what} must be refused`);
}

/** Runs operations on a cache and on its model. */
export class FuzzRun {
  readonly #clock = new ManualClock();
  readonly #cache: Cache<unknown, number>;
  readonly #model: FuzzModel;
  readonly #options: Options;
  readonly #isWeighed: boolean;
  #values = 0;
  #callers: Caller[] = [];
  #loadings: Loading[] = [];
  #keyOf = new Map<number, unknown>();
  #wasReset = false;
  /** Whether the host refused or lost a timer. */
  #wasLost = false;
  #unpins: (() => void)[] = [];
  #lookups = { hits: 0, misses: 0 };
  #counted = { stored: 0, removed: 0, refused: 0 };
  #worked = 0;
  /** Loads of this task: their timers may be there until it ends. */
  #begun = 0;
  #slept = 0;
  #heard: (() => void) | undefined;
  #failure: unknown;

  constructor(made: Options) {
    const { maxWeight, maxCacheSize, weighs, strategy, shardCount, filter, random, listens, ...rest } = made;
    this.#options = made;
    this.#isWeighed = maxWeight < Infinity;
    const size = maxCacheSize === Infinity && !this.#isWeighed ? 50 : maxCacheSize;
    const shards = Math.min(shardCount, size, maxWeight);
    let seed = 1;
    const draw = (): number => (seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
    const hear = (): void => this.#heard?.();
    const all: CacheOptions<unknown, number> = {
      ...rest,
      ...(filter === "bloom" && { bloom: true }),
      ...(filter === "cuckoo" && { filter: cuckoo() }),
      ...(listens && { onRemoval: hear }),
      ...(this.#isWeighed && { maxWeight, ...(weighs && { weigher: weightOf }) }),
      maxCacheSize: size,
      strategy: strategy(),
      shardCount: shards,
      clock: this.#clock,
      random: random === "seeded" ? draw : () => random,
    };
    this.#cache = new Cache(Object.freeze(all));
    this.#model = new FuzzModel(this.#now, {
      timeToIdle: made.timeToIdle,
      size: shards === 1 ? size : undefined,
      weight: maxWeight,
      slack: made.exactClock ? 0 : 1_000,
    });
    this.#cache.subscribe((event) => {
      this.#model.hear(event);
      hear();
    });
  }

  #now = (): number => this.#clock.now() + this.#slept;

  async run(next: Operation): Promise<void> {
    await this.#do(next);
    this.#model.catchUp();
  }

  async #do(next: Operation): Promise<void> {
    const cache = this.#cache;
    const model = this.#model;
    switch (next.do) {
      case "set":
      case "setWith":
      case "get":
      case "delete":
      case "setMany":
      case "purge":
      case "clear":
        return this.#simple(next, true);
      case "look": {
        this.#checkAnswer(next.key, cache.peek(next.key));
        this.#checkPresence(next.key, cache.has(next.key));
        const left = cache.remainingTtl(next.key);
        this.#checkPresence(next.key, left !== undefined);
        const entry = model.possible(next.key);
        if (left === undefined || !entry) return;
        const { slack } = model.bounds;
        const expected = model.remaining(entry);
        holds(`${left} ms are left`, left === expected || Math.abs(left - expected) <= slack + left / 1e9);
        return;
      }
      case "getMany": {
        const got = getMany(cache, next.keys);
        same("values", [got.length], [next.keys.length]);
        next.keys.forEach((key, place) => this.#checkLookup(key, got[place], true));
        return;
      }
      case "pin": {
        const entry = model.possible(next.key);
        const undo = cache.pin(next.key);
        this.#checkPresence(next.key, undo !== undefined);
        if (undo === undefined) return;
        const pins = entry?.pins ?? { count: 0 };
        pins.count++;
        let isUndone = false;
        this.#unpins.push(() => {
          if (!isUndone) pins.count--;
          isUndone = true;
          undo();
        });
        return;
      }
      case "unpin": {
        const [unpin] = this.#unpins.splice(next.index, 1);
        unpin?.();
        if (next.twice) unpin?.();
        return;
      }
      case "wait":
        await this.#tick();
        this.#clock.advance(next.ms);
        return this.#tick();
      case "work":
        if (!this.#options.exactClock && this.#worked + next.ms > MAX_TASK) await this.#tick();
        if (this.#options.exactClock || next.ms <= MAX_TASK) this.#clock.busy(next.ms);
        this.#worked += next.ms;
        return;
      case "lose":
        this.#clock.lose();
        this.#wasLost = true;
        return;
      case "refuse":
        this.#clock.refuses = next.refuses;
        this.#wasLost ||= next.refuses;
        return;
      case "sleep":
        // A task sees one time.
        if (!this.#options.exactClock) await this.#tick();
        this.#clock.sleep(next.ms);
        this.#slept += next.ms;
        return;
      case "resize":
        if (model.bounds.size !== undefined) model.bounds.size = next.size;
        if (this.#isWeighed) model.bounds.weight = next.weight;
        return cache.resize(next.size, this.#isWeighed ? next.weight : undefined);
      case "import":
        return this.#import(next);
      case "importOwn": {
        const stored = importCache(cache, exportCache(cache));
        // What is written late in a task may be told by another time.
        if (this.#options.exactClock) same("imported of its own", [stored], [0]);
        return;
      }
      case "reset":
        cache.resetMetrics();
        this.#lookups = { hits: 0, misses: 0 };
        this.#counted = { stored: model.stored, removed: model.removed, refused: model.refused };
        this.#wasReset = true;
        return;
      case "importBad": {
        const dump = {
          version: 1,
          exportedAt: 0,
          entries: [
            { key: next.key, value: 1, age: 0 },
            { key: 1, age: -1 },
          ],
        };
        refuses("a bad dump", () => importCache(cache, dump as unknown as CacheDump<unknown, number>));
        return;
      }
      case "within": {
        const value = this.#next(next.key, {});
        this.#heard = () => {
          this.#heard = undefined;
          for (const each of next.inner) this.#simple(each, false);
        };
        cache.set(next.key, value);
        this.#heard = undefined;
        return;
      }
      case "iterate":
        return this.#iterate(next.inner);
      case "load":
        return this.#load(next);
      case "settle": {
        if (next.how === "abort") this.#callers.splice(next.index, 1)[0]?.abort.abort();
        else this.#loadings.splice(next.index, 1)[0]?.[next.how]();
        return this.#tick();
      }
      case "tick":
        return this.#tick();
    }
  }

  /** @param isAlone whether nothing else is under way, so that the model knows what to expect */
  #simple(next: Operation, isAlone: boolean): void {
    const cache = this.#cache;
    switch (next.do) {
      case "set":
        return void cache.set(next.key, this.#next(next.key, {}));
      case "setWith": {
        const { key, ttl, keepTtl, weight: own } = next;
        const write = { ...(ttl !== undefined && { ttl }), keepTtl, ...(this.#isWeighed && { weight: own }) };
        return void cache.set(key, this.#next(key, write), Object.freeze(write));
      }
      case "setMany":
        return void setMany(
          cache,
          next.keys.map((key) => [key, this.#next(key, {})]),
        );
      case "get":
        return this.#checkLookup(next.key, cache.get(next.key), isAlone);
      case "delete": {
        const wasThere = cache.delete(next.key);
        if (isAlone) this.#checkPresence(next.key, wasThere);
        return;
      }
      case "purge":
        cache.purgeExpired();
        return;
      case "clear":
        cache.clear();
        if (isAlone) same("size", [cache.size], [0]);
        return;
      default:
        throw new Error(`${next.do} is not simple`);
    }
  }

  /** What holds after every operation. */
  check(): void {
    const cache = this.#cache;
    const model = this.#model;
    const seen = [...cache];
    for (const [key, value] of seen) {
      if (model.possible(key)?.value !== value) throw new Error(`${String(key)} must not have ${value}`);
    }
    const keys = new Set(seen.map(([key]) => key));
    same("keys", [keys.size], [seen.length]);
    for (const key of model.entries.keys())
      if (model.alive(key) && !keys.has(key)) throw new Error(`${String(key)} is lost`);
    const exported = exportCache(cache).entries.map((entry) => entry.key);
    same("exported", [exported.length], [seen.length]);
    for (const key of exported) if (!keys.has(key)) throw new Error(`${String(key)} is exported, and not there`);
    this.#checkMetrics();
  }

  /** Whatever was going on, everybody gets an outcome, and nothing is left. */
  async end(isDisposedEarly: boolean): Promise<void> {
    const cache = this.#cache;
    if (!isDisposedEarly) {
      await this.#settleAll();
      this.#clock.refuses = false;
      this.#clock.advance(100_000);
      if (this.#wasLost) {
        // The next write finds out about a timer that is not there.
        await this.#tick();
        await this.run({ do: "set", key: 0 });
        await this.#tick();
        this.#clock.advance(1);
      }
      this.#model.catchUp();
      this.check();
      for (const entry of this.#model.entries.values()) {
        holds("what expired is gone", this.#model.remaining(entry) > -50_000);
      }
      const { started, succeeded, failed, aborted } = cache.metrics.loads;
      if (!this.#wasReset) same("loads", [succeeded + failed + aborted], [started]);
    }
    cache.dispose();
    await this.#settleAll();
    this.#model.catchUp();
    same("callers without an answer", [this.#callers.filter(({ isSettled }) => !isSettled).length], [0]);
    const left = [cache.size, this.#model.entries.size, cache.flights.size, this.#clock.timers.length];
    same("left after dispose", left, [0, 0, 0, 0]);
    same("read after dispose", [cache.get(1)], [undefined]);
    refuses("a write after dispose", () => cache.set(1, 1));
  }

  async #settleAll(): Promise<void> {
    await this.#tick();
    for (const loading of this.#loadings.splice(0)) loading.fail();
    await new Promise((resolve) => setImmediate(resolve));
    this.#clock.advance(1_000);
    await new Promise((resolve) => setImmediate(resolve));
  }

  #checkMetrics(): void {
    const model = this.#model;
    const { metrics } = this.#cache;
    const removed = Object.values(metrics.removals).reduce((sum, count) => sum + count, 0);
    const { hits, misses, sets, refused, size, capacity, overflow, weightOverflow } = metrics;
    const counted = this.#counted;
    same("size, hits, misses", [size, hits, misses], [model.entries.size, this.#lookups.hits, this.#lookups.misses]);
    same("sets, removals", [sets, removed], [model.stored - counted.stored, model.removed - counted.removed]);
    const weights = [model.refused - counted.refused, this.#isWeighed ? model.weight : 0];
    same("refusals, weight", [refused, metrics.weight], weights);
    same("capacity", [capacity], [metrics.options.maxCacheSize]);
    holds("a filter tells misses", metrics.filterRejections + metrics.falsePositives <= misses);
    if (!model.isPinned) same("overflow", [overflow, weightOverflow], [0, 0]);
    const { size: bound } = model.bounds;
    if (bound !== undefined) same("overflow", [overflow], [Math.max(0, size - bound)]);
    const waiting = this.#callers.filter(({ isSettled }) => !isSettled).length + this.#loadings.length + this.#begun;
    holds("timers are few", this.#clock.timers.length <= (size === 0 ? 0 : 1) + waiting);
    holds("bytes are a number", Number.isFinite(estimateBytes(this.#cache).estimate));
  }

  /** A lookup was counted. */
  #checkLookup(key: unknown, got: number | undefined, isAlone: boolean): void {
    this.#lookups[got === undefined ? "misses" : "hits"]++;
    if (isAlone) this.#checkAnswer(key, got);
    if (got !== undefined) this.#model.hear({ type: "touch", key, value: got });
  }

  #checkAnswer(key: unknown, got: number | undefined): void {
    this.#checkPresence(key, got !== undefined);
    if (got !== undefined) same(`the value of ${String(key)}`, [got], [this.#model.possible(key)?.value]);
  }

  #checkPresence(key: unknown, isThere: boolean): void {
    if (isThere && !this.#model.possible(key)) throw new Error(`${String(key)} is served, and must not be`);
    if (!isThere && this.#model.alive(key)) throw new Error(`${String(key)} is denied, and is there`);
  }

  #import({ key, age, ttl, weight: own }: Extract<Operation, { do: "import" }>): void {
    const model = this.#model;
    const value = this.#next(key, { ttl, weight: own, keepTtl: false, age });
    const entry = Object.freeze({ key, value, age, ...(ttl < Infinity && { ttl }), weight: own });
    const known = model.possible(key);
    const stored = importCache(this.#cache, { version: 1, exportedAt: this.#clock.wallNow(), entries: [entry] });
    holds("a dump is stored once, if it lives", stored <= (age < ttl ? 1 : 0));
    const { size, weight: bound } = model.bounds;
    if (known || age >= ttl || size === undefined || own > bound) return;
    same("imported", [stored], [1]);
  }

  #iterate(inner: readonly Operation[]): void {
    const cache = this.#cache;
    const left = new Set<unknown>();
    const stop = cache.subscribe((event) => {
      if (event.type === "refusal" || (event.type === "removal" && event.cause !== "replaced")) left.add(event.key);
    });
    const before = [...cache.keys()];
    const seen: unknown[] = [];
    for (const [key] of cache) {
      if (seen.push(key) > 1_000) throw new Error("The iteration has no end");
      const next = inner[seen.length - 1];
      if (next) this.#simple(next, false);
    }
    stop();
    this.#model.catchUp();
    const stayed = before.filter((key) => !left.has(key) && this.#model.alive(key));
    for (const key of stayed) {
      const times = seen.filter((each) => Object.is(each, key)).length;
      if (times !== 1) throw new Error(`${String(key)} was visited ${times} times`);
    }
  }

  #load(next: Extract<Operation, { do: "load" }>): void {
    const { key, ttl, how, staleTime, serveStale, staleIfError, timeout, says } = next;
    const value = this.#next(key, { ttl: says?.ttl ?? ttl, keepTtl: false });
    const caller: Caller = { abort: new AbortController(), isSettled: false };
    const loader = (_key: unknown, context: LoaderContext): number | Promise<number> => {
      if (says) context.setLifetime(says);
      if (how === "now") return value;
      if (how === "throws") throw new Error("of the loader");
      return new Promise((resolve, reject) => {
        const fail = (): void => reject(new Error("of the loader"));
        if (how === "later") context.signal.addEventListener("abort", fail);
        this.#loadings.push({ answer: () => resolve(value), fail });
      });
    };
    const { signal } = caller.abort;
    const { hits } = this.#cache.metrics;
    const options = Object.freeze({ signal, ttl, keepTtl: false, staleTime, serveStale, staleIfError, timeout });
    const answer = this.#cache.getOrLoad(key, loader, options);
    const isHit = this.#cache.metrics.hits > hits;
    this.#lookups[isHit ? "hits" : "misses"]++;
    this.#checkPresence(key, isHit);
    if (isHit) this.#model.hear({ type: "touch", key });
    this.#callers.push(caller);
    this.#begun++;
    void this.#await(caller, key, answer);
  }

  async #await(caller: Caller, key: unknown, answer: Promise<number>): Promise<void> {
    try {
      const got = await answer;
      const isOfKey = this.#keyOf.has(got) && new Set([key]).has(this.#keyOf.get(got));
      if (!isOfKey) this.#failure ??= new Error(`${String(key)} got ${got}`);
    } catch (error) {
      const { reason } = caller.abort.signal;
      const isKnown = error === reason || error instanceof MachoError || (error as Error).message === "of the loader";
      if (!isKnown) this.#failure ??= error;
    }
    caller.isSettled = true;
  }

  /** The next task: what was waiting for this one to end goes on. */
  async #tick(): Promise<void> {
    await drained();
    this.#worked = 0;
    this.#begun = 0;
    if (this.#failure !== undefined) throw this.#failure;
  }

  /** A value that no other is like, which may be stored as these options say. */
  #next(key: unknown, write: Partial<FuzzWrite>): number {
    const { ttl, keepTtl, weighs } = this.#options;
    const value = ++this.#values;
    const weighed = this.#isWeighed ? (write.weight ?? (weighs ? weightOf(value) : 1)) : 0;
    this.#keyOf.set(value, key);
    this.#model.expect(value, { ttl, keepTtl, age: 0, ...write, weight: weighed });
    return value;
  }
}
