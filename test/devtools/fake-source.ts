import type { Metrics } from "macho-cache";
import type { SamplerEnvironment } from "../../src/devtools/sampler.ts";
import type { EntryRow, EntrySource } from "../../src/devtools/entry-source.ts";
import type { DevtoolsSource, DevtoolsTarget } from "../../src/devtools/source.ts";

/** Counters as a cache would report them, with what a test cares about. */
export function metricsWith(part: Partial<Metrics>): Metrics {
  const zero = {
    options: {
      maxCacheSize: 20,
      ttl: 600_000,
      strategy: "lru",
      shardCount: 1,
      maxWeight: Infinity,
      timeToIdle: Infinity,
    },
    gets: 0,
    sets: 0,
    hits: 0,
    misses: 0,
    hitRatio: null,
    size: 0,
    overflow: 0,
    weight: 0,
    weightOverflow: 0,
    since: 0,
    shards: [],
    removals: { evicted: 0, expired: 0, replaced: 0, deleted: 0, cleared: 0 },
    loads: { started: 0, succeeded: 0, failed: 0, aborted: 0, joined: 0, duration: 0 },
  };
  // A test states only the counters that it is about.
  return { ...zero, ...part } as unknown as Metrics;
}

/** A source whose counters and events a test drives. */
export class FakeSource implements DevtoolsSource {
  readonly kind = "cache";
  readonly keepsTimes = true;
  // Nothing that is tested with counters reads the cache itself.
  readonly target = {} as DevtoolsTarget;
  current: Metrics = metricsWith({});
  reads = 0;
  /** Time that a read of the counters takes. */
  reading: (() => void) | undefined;
  /** What a cache would count. */
  writes = 0;
  #subscribers = new Set<() => void>();

  get subscribers(): number {
    return this.#subscribers.size;
  }

  metrics(): Metrics {
    this.reads++;
    this.reading?.();
    return this.current;
  }

  lifespans(): null {
    return null;
  }

  parts(): undefined {
    return undefined;
  }

  tier(): undefined {
    return undefined;
  }

  latencies(): null {
    return null;
  }

  loadDurations(): [] {
    return [];
  }

  loadDurationsByShard(): [] {
    return [];
  }

  version(): string {
    return String(this.writes);
  }

  subscribe(change: () => void): () => void {
    this.#subscribers.add(change);
    return () => void this.#subscribers.delete(change);
  }

  /** News of a client, such as another state of a query. */
  emit(): void {
    for (const hear of this.#subscribers) hear();
  }
}

/** Keys of which a test sees how many were asked for. */
export class FakeEntries implements EntrySource {
  readonly kind = "cache";
  readonly actions: [] = [];
  walked = 0;
  #count: number;

  constructor(count: number) {
    this.#count = count;
  }

  size(): number {
    return this.#count;
  }

  *rows(): Generator<EntryRow> {
    for (let order = 0; order < this.#count; order++) {
      this.walked++;
      const label = `key ${order}`;
      yield { id: label, label, order, status: "stored", onScreen: 0, updatedAt: 0, ttlLeft: Infinity };
    }
  }

  readonly hasOrder = false;

  has(): boolean {
    return false;
  }

  row(): undefined {
    return undefined;
  }

  detail(): undefined {
    return undefined;
  }

  peek(): undefined {
    return undefined;
  }

  keep(): undefined {
    return undefined;
  }

  clear(): string {
    return "";
  }
}

interface Timer {
  run: () => void;
  at: number;
  every: number;
}

/** Time that stands still until a test moves it. */
export class ManualTime implements SamplerEnvironment {
  time = 1_000_000;
  #timers = new Set<Timer>();
  #watchers = new Set<() => void>();
  #visible = true;

  get timers(): number {
    return this.#timers.size;
  }

  get watchers(): number {
    return this.#watchers.size;
  }

  now(): number {
    return this.time;
  }

  every(run: () => void, ms: number): () => void {
    return this.#add({ run, at: this.time + ms, every: ms });
  }

  visible(): boolean {
    return this.#visible;
  }

  onVisibility(listener: () => void): () => void {
    this.#watchers.add(listener);
    return () => void this.#watchers.delete(listener);
  }

  show(visible: boolean): void {
    this.#visible = visible;
    for (const tell of this.#watchers) tell();
  }

  advance(ms: number): void {
    const end = this.time + ms;
    for (let due = this.#next(end); due; due = this.#next(end)) {
      this.time = due.at;
      due.at += due.every;
      due.run();
    }
    this.time = end;
  }

  #add(timer: Timer): () => void {
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  #next(end: number): Timer | undefined {
    return [...this.#timers].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
  }
}
