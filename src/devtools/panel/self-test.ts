import type { Cache, CacheOptions, Metrics } from "../../core/index.ts";

/** Gets, and sets, that are timed together: far more than fit between two steps of any browser's clock. */
const BATCH = 20_000;
const BATCHES = 10;
/** The most entries of the scratch cache: a test must not fill the memory. */
export const MAX_SCRATCH = 100_000;

/** Mean ns of one operation. */
export interface SelfTestResult {
  readonly get: number;
  readonly set: number;
  /** Operations of each kind that were timed. */
  readonly count: number;
  /** Entries of the scratch cache. */
  readonly size: number;
}

/** What the test needs of its surroundings. */
export interface SelfTestEnvironment {
  /** Ms. */
  readonly now: () => number;
  /** Gives the page time for other work. `false` when the result is no longer wanted. */
  readonly pause: () => Promise<boolean>;
}

/** A cache of the panel's own. */
type ScratchCache = Pick<Cache<number, number>, "get" | "set" | "dispose" | "metrics">;

/** The class of a cache itself, and none that a user derived from it: the engine that the page runs is measured. */
export function engineOf(cache: object): new (options: CacheOptions<number, number>) => ScratchCache {
  let engine = cache;
  for (;;) {
    const above: unknown = Object.getPrototypeOf(engine);
    // Each class of the engine says what it is.
    const isEngine = Object.prototype.hasOwnProperty.call(engine, MARK);
    if (isEngine || above === Object.prototype || !isObject(above)) {
      return engine.constructor as ReturnType<typeof engineOf>;
    }
    engine = above;
  }
}

const MARK = Symbol.for("macho-cache");

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** The plain options of a cache. Callbacks, weigher and clock stay with the real one. */
export function scratchOptions(
  options: Metrics["options"],
  strategy: CacheOptions<number, number>["strategy"],
): CacheOptions<number, number> {
  const { ttl, timeToIdle, keepTtl, exactClock, bloom, probability } = options;
  const maxCacheSize = Math.min(options.maxCacheSize, MAX_SCRATCH);
  const shardCount = Math.min(options.shardCount, maxCacheSize);
  return {
    maxCacheSize,
    ttl,
    timeToIdle,
    keepTtl,
    exactClock,
    bloom,
    probability,
    shardCount,
    ...(strategy ? { strategy } : {}),
  };
}

/** Times gets of recent keys and sets of new ones, batch by batch. `undefined` when it was given up. */
export async function selfTest(
  cache: Pick<Cache<number, number>, "get" | "set">,
  size: number,
  { now, pause }: SelfTestEnvironment,
): Promise<SelfTestResult | undefined> {
  const took = { get: 0, set: 0 };
  let next = 0;
  const fill = (many: number): void => {
    for (let step = 0; step < many; step++) cache.set(next++, step);
  };
  for (let filled = 0; filled < size; filled += BATCH) {
    fill(Math.min(BATCH, size - filled));
    if (!(await pause())) return undefined;
  }
  const timed = (run: () => void): number => {
    const started = now();
    run();
    return now() - started;
  };
  const look = (): void => {
    // The stride shares no factor with most sizes, so that keys read in a row are not neighbours in the cache.
    for (let step = 0; step < BATCH; step++) cache.get(next - 1 - ((step * 7_919) % size));
  };
  // The first batch is not counted: the engine's code may be compiled meanwhile.
  for (let batch = 0; batch <= BATCHES; batch++) {
    const [get, set] = [timed(look), timed(() => fill(BATCH))];
    if (batch > 0) took.get += get;
    if (batch > 0) took.set += set;
    if (!(await pause())) return undefined;
  }
  const count = BATCH * BATCHES;
  return { get: (took.get * 1e6) / count, set: (took.set * 1e6) / count, count, size };
}
