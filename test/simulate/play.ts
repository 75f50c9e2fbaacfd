import { Cache, type CacheOptions } from "macho-cache";
import { SEED } from "../../src/core/internal.ts";
import { ManualClock } from "../support/manual-clock.ts";
import { drawsOf, type Key, type Load, type Operation, WINDOW } from "./loads/load.ts";

/** What is done about a load: other settings, or an app that behaves in another way. */
export interface Change {
  readonly settings?: CacheOptions<Key, number>;
  /** How many times as long entries live, also those with a ttl of their own. */
  readonly ttlTimes?: number;
  readonly loadsSucceed?: boolean | undefined;
  readonly storeAbsent?: boolean | undefined;
  readonly ignoreRemovals?: boolean | undefined;
  readonly skipUnreadWrites?: boolean | undefined;
}

/** Look-ups of one window, in blocks of operations that are as many. */
export interface Tally {
  readonly lookups: readonly number[];
  readonly hits: readonly number[];
}

export interface Played {
  readonly first: Tally;
  readonly second: Tally;
}

/** A load, its operations in their order. */
export class Script {
  readonly load: Load;
  readonly warmUp: readonly Operation[];
  readonly first: readonly Operation[];
  readonly second: readonly Operation[];
  #unread: ReadonlySet<Operation> | undefined;

  constructor(load: Load) {
    this.load = load;
    const { warmUp = 0, window = WINDOW } = load;
    const source = load.operations(drawsOf(load.seed));
    this.warmUp = take(source, warmUp);
    this.first = take(source, window);
    this.second = take(source, window);
  }

  /** Writes of keys that nobody looks up before they are written again, deleted or at the end. */
  get unread(): ReadonlySet<Operation> {
    return (this.#unread ??= unreadOf([...this.warmUp, ...this.first, ...this.second]));
  }
}

function take(source: Generator<Operation>, count: number): readonly Operation[] {
  const taken: Operation[] = [];
  for (let counted = 0; counted < count;) {
    const { value, done } = source.next();
    if (done) break;
    taken.push(value);
    if (value.type !== "wait") counted++;
  }
  return taken;
}

function unreadOf(operations: readonly Operation[]): ReadonlySet<Operation> {
  const unread = new Set<Operation>();
  const isRead = new Map<Key, boolean>();
  for (const operation of operations.toReversed()) {
    if (operation.type === "wait" || operation.type === "clear" || operation.type === "pin") continue;
    const { type, key } = operation;
    if (type === "set" && !isRead.get(key)) unread.add(operation);
    isRead.set(key, type !== "set" && type !== "delete");
  }
  return unread;
}

export const BLOCKS = 8;

const DEFAULT_TTL = 600_000;

/** Plays a load through the real engine, with a change made before it began. */
export async function play(script: Script, change: Change = {}, between?: Between): Promise<Played> {
  const player = new Player(script, change);
  await player.run(script.warmUp);
  between?.beforeFirst?.(player.cache);
  const first = await player.run(script.first);
  between?.afterFirst?.(player.cache);
  return { first, second: await player.run(script.second) };
}

/** What happens at the ends of the first window. */
export interface Between {
  beforeFirst?(cache: Cache<Key, number>): void;
  afterFirst?(cache: Cache<Key, number>): void;
}

class Player {
  readonly cache: Cache<Key, number>;
  readonly #clock = new ManualClock();
  readonly #script: Script;
  readonly #change: Change;

  constructor(script: Script, change: Change) {
    this.#script = script;
    this.#change = change;
    const { seed, cache } = script.load;
    // The same seed each time: which keys share a shard is no matter of the change.
    const own = { random: drawsOf(seed + 7_777), clock: this.#clock, [SEED]: seed };
    const ttl = (cache.ttl ?? DEFAULT_TTL) * (change.ttlTimes ?? 1);
    this.cache = new Cache({ ...own, ...cache, ttl, ...change.settings });
  }

  async run(operations: readonly Operation[]): Promise<Tally> {
    const lookups = Array.from({ length: BLOCKS }, () => 0);
    const hits = Array.from({ length: BLOCKS }, () => 0);
    const { msPerOperation = 1 } = this.#script.load;
    for (const [step, operation] of operations.entries()) {
      const block = Math.floor((step * BLOCKS) / operations.length);
      if (operation.type !== "wait") this.#pass(msPerOperation);
      const isHit = operation.type === "load" ? await this.#load(operation) : this.#do(operation);
      if (isHit === undefined) continue;
      lookups[block]!++;
      if (isHit) hits[block]!++;
    }
    return { lookups, hits };
  }

  /** @returns whether a look-up hit; `undefined` where it was none */
  #do(operation: Exclude<Operation, { type: "load" }>): boolean | undefined {
    const { cache } = this;
    switch (operation.type) {
      case "get":
        return cache.get(operation.key) !== undefined;
      case "read":
        return this.#read(operation);
      case "set":
        this.#set(operation);
        return undefined;
      case "delete":
        if (!this.#change.ignoreRemovals) cache.delete(operation.key);
        return undefined;
      case "clear":
        if (!this.#change.ignoreRemovals) cache.clear();
        return undefined;
      case "pin":
        cache.pin(operation.key);
        return undefined;
      case "wait":
        this.#pass(operation.ms);
        return undefined;
    }
  }

  #read(operation: Extract<Operation, { type: "read" }>): boolean {
    const isHit = this.cache.get(operation.key) !== undefined;
    if (!isHit && (!operation.isAbsent || this.#change.storeAbsent)) this.#store(operation);
    return isHit;
  }

  #set(operation: Extract<Operation, { type: "set" }>): void {
    if (!this.#change.skipUnreadWrites || !this.#script.unread.has(operation)) this.#store(operation);
  }

  #store({ key, ttl, weight }: { readonly key: Key; readonly ttl?: number; readonly weight?: number }): void {
    const { ttlTimes = 1 } = this.#change;
    this.cache.set(key, 1, { ttl: ttl && ttl * ttlTimes, weight });
  }

  /** Looking for the timers that are due takes longer than an operation. */
  #pass(ms: number): void {
    const end = this.#clock.now() + ms;
    if (this.#clock.timers.some(({ at }) => at <= end)) this.#clock.advance(ms);
    else this.#clock.busy(ms);
  }

  async #load({ key, brings }: Extract<Operation, { type: "load" }>): Promise<boolean> {
    let isHit = true;
    const load = this.cache.getOrLoad(key, (_, { setLifetime }) => {
      isHit = false;
      if (brings === "failure" && !this.#change.loadsSucceed) throw new Error("The backend is down.");
      if (brings === "nothing") setLifetime({ isStorable: this.#change.storeAbsent === true });
      return 1;
    });
    await load.catch(() => undefined);
    return isHit;
  }
}

/** Hits of look-ups, from a block on, in percent. */
export function percent({ lookups, hits }: Tally, from = 0): number {
  const all = sum(lookups.slice(from));
  return all === 0 ? 0 : (100 * sum(hits.slice(from))) / all;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
