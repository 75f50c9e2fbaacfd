import { checkListener, checkOptions, FLAG, type Kind, MS, type OptionTable } from "./lru/checks.ts";
import type { CacheParts } from "./lru/bounded-cache.ts";
import { reasonOf } from "./lru/abort.ts";
import { LONGEST_TIMER, type Ticker } from "./lru/clock.ts";
import { disposedError, MachoError } from "./lru/errors.ts";
import { type Deadline, type Flight, flightsOf, type LoadContext, type Loading } from "./lru/flight.ts";
import type { Write } from "./lru/store-setup.ts";
import { CACHE_SET_TABLE, type SetOptions } from "./options.ts";

/** How long a loaded value lives, where only its loader knows. */
export interface LoadLifetime {
  /** Like the `ttl` of the call, which it wins over. */
  ttl?: number | undefined;
  /**
   * Whether it is stored. One that is not is given to the callers, and an older value of its key is removed.
   * @defaultValue true
   */
  isStorable?: boolean | undefined;
}

/** What a loader gets besides its key. */
export interface LoaderContext extends LoadContext {
  /** Says how long the value lives. The last call before the value is there counts. @throws MachoOptionError */
  setLifetime(lifetime: LoadLifetime): void;
}

/**
 * Makes the value of a key. It may throw; the error reaches the caller as it is. It must not wait for a load of its own
 * key: where it asks for one before it gives a promise, that is a MachoError "circular-load".
 */
export type Loader<K, V> = (key: K, context: LoaderContext) => V | PromiseLike<V>;

/** Options of one `getOrLoad`. */
export interface LoadOptions extends SetOptions {
  /** Rejects this caller. The load itself is aborted when its last caller is gone. @defaultValue none */
  signal?: AbortSignal | undefined;
  /** Age in ms from which a value is stale: it is loaded again, within its `ttl`. 0 or more. @defaultValue Infinity */
  staleTime?: number | undefined;
  /**
   * Whether a stale value is served at once, while one load in the background brings the next one. Otherwise callers
   * wait for that load. @defaultValue true
   */
  serveStale?: boolean | undefined;
  /** Whether callers who wait get the stale value when the load fails and its `ttl` is not over. @defaultValue false */
  staleIfError?: boolean | undefined;
  /**
   * Ms after which this call is given up: it is rejected with a MachoError "timeout". The load goes on for others who
   * wait; without any it has failed, and is aborted. Nobody joins a load that is older than the timeout of the call that
   * started it. Above 0. @defaultValue the cache's `timeout`
   */
  timeout?: number | undefined;
}

/** What loading needs of its cache. */
export interface LoadingCache<K, V> extends Loading<K> {
  readonly parts: CacheParts<K, V>;
}

const AGE: Kind = ["a number of ms, 0 or more, or Infinity", (ms) => typeof ms === "number" && ms >= 0, "60_000"];
// By shape: a signal may come from another frame.
const SIGNAL: Kind = [
  "an AbortSignal",
  (signal) => typeof (signal as AbortSignal | null)?.aborted === "boolean",
  "controller.signal",
];

const LOAD_TABLE: OptionTable<Required<LoadOptions>> = {
  ...CACHE_SET_TABLE,
  signal: [SIGNAL],
  staleTime: [AGE, Infinity],
  serveStale: [FLAG, true],
  staleIfError: [FLAG, false],
  timeout: [MS, Infinity],
};

const LIFETIME_TABLE: OptionTable<Required<LoadLifetime>> = {
  ttl: [MS, 0],
  isStorable: [FLAG, true],
};

/**
 * The value of a key: what is there, or what a load brings.
 * @param usual the timeout of a call without one of its own
 * @throws as `Cache.getOrLoad` does; what cannot be used, before anything happens
 */
export async function getOrLoad<K, V>(
  cache: LoadingCache<K, V>,
  key: K,
  loader: Loader<K, V>,
  options: LoadOptions,
  usual: number,
): Promise<V> {
  const { parts } = cache;
  checkAlive(parts);
  parts.writes.check(options, "getOrLoad", LOAD_TABLE);
  checkListener(loader, "getOrLoad", "key, { signal }");
  const { signal, staleTime = Infinity, serveStale = true, staleIfError = false, timeout = usual } = options;
  if (signal?.aborted) throw reasonOf(signal);
  const store = parts.storeOf(key);
  const find = (slot = store.find(key)): { readonly value: V; readonly written: number } | undefined =>
    // The store just said that the slot holds a value of this cache.
    slot === 0 ? undefined : { value: store.values[slot] as V, written: store.times![slot]! };
  // A listener that heard that the old value expired may have written the key, aborted the signal, or disposed of the cache.
  const found = find(store.lookup(key)) ?? find();
  if (signal?.aborted) throw reasonOf(signal);
  checkAlive(parts);
  const now = parts.ticker.now();
  if (found && (staleTime === Infinity || now - found.written < staleTime)) return found.value;
  const flights = flightsOf(cache);
  // The engine's flights carry values of this cache.
  let flight = flights.get(key) as Flight<V> | undefined;
  const isBehind = found !== undefined && serveStale;
  // One that hangs is not joined for longer than its own caller would have waited.
  const isJoined = flight !== undefined && now < flight.joinableUntil!;
  if (isJoined && flight!.isStarting && !isBehind) {
    throw new MachoError("circular-load", "A loader asked for its own key, and would wait for itself. Use peek(key).");
  }
  let start: (() => unknown) | undefined;
  if (isJoined) flights.tell(key, flight as Flight, "joined");
  else {
    [flight, start] = prepareLoad(cache, key, loader, options, flight, found !== undefined);
    flight.joinableUntil = now + timeout;
  }
  const deadline = timeout < Infinity ? deadlineOf(parts.ticker, timeout, !isBehind) : undefined;
  const answer = isBehind ? keep(flight as Flight, deadline) : flight!.follow(signal, deadline);
  start?.();
  if (!answer) return found!.value;
  if (!found || !staleIfError) return answer;
  // What was found stays good for its `ttl` when the load fails; a caller that left gets nothing.
  return answer.catch((error: unknown) => {
    const stale = signal?.aborted ? undefined : find();
    if (stale) return stale.value;
    throw error;
  });
}

function checkAlive({ isDisposed }: { readonly isDisposed: boolean }): void {
  if (isDisposed) throw disposedError("getOrLoad");
}

/**
 * A load that nobody joined or started yet, and what starts it.
 * @param older a load of the same key that nobody joins any more, and that has callers still
 * @param isThere whether the cache has a value, which is stale
 */
function prepareLoad<K, V>(
  cache: LoadingCache<K, V>,
  key: K,
  loader: Loader<K, V>,
  { ttl, keepTtl, weight, staleTime = Infinity }: LoadOptions,
  older: Flight<V> | undefined,
  isThere: boolean,
): [flight: Flight<V>, start: () => void] {
  const { storeOf, writes, outbox } = cache.parts;
  const flights = flightsOf(cache);
  let lifetime: LoadLifetime = {};
  let write: Write | undefined;
  let isKept: true | undefined;
  const landed = (value: V): void => {
    const store = storeOf(key);
    if (write) store.set(key, value, write);
    // An older value is not true any more. Where there is none, a record is not told of a delete.
    else if (!isKept && store.find(key)) store.delete(key);
    settle(value);
  };
  const flight = flights.prepare(key, landed, (error) => {
    if (outbox.hearsSets) outbox.push({ type: "failure", key, error });
    outbox.flush();
  });
  const settle = (flight.onWrite = (value) => {
    older?.onWrite?.(value);
    flight.supersede(value);
  });
  const setLifetime = (given: LoadLifetime): void => {
    checkOptions("setLifetime", LIFETIME_TABLE, given);
    lifetime = { ...given };
  };
  // What will be stored is weighed first.
  const accept = (value: V): void => {
    if (isKept || lifetime.isStorable === false || flights.get(key) !== (flight as Flight)) return;
    const times = lifetime.ttl === undefined ? { ttl, keepTtl } : { ttl: lifetime.ttl };
    write = writes.weigh({ ...times, weight }, value, key);
  };
  const load = (context: LoadContext): V | PromiseLike<V> => {
    const call = (): V | PromiseLike<V> => {
      flight.isStarting = true;
      try {
        return loader(key, Object.assign(context, { setLifetime }));
      } finally {
        flight.isStarting = false;
      }
    };
    const { tier } = cache.parts;
    // What is there is newer than what the tier has.
    return tier?.load && !isThere ? tier.load(key, call, () => (isKept = true), staleTime) : call();
  };
  return [flight, () => flight.start(load, accept)];
}

/** The cache itself waits for a load, once at a time: no caller's leaving ends it. */
function keep(flight: Flight, deadline?: Deadline): void {
  const free = (): void => void (flight.kept = undefined);
  flight.kept ??= flight.follow(undefined, deadline).then(free, free);
}

/** A timer for any time: what is longer than a timer can be is waited for in parts. */
function deadlineOf(ticker: Ticker, timeout: number, isAwaited: boolean): Deadline {
  return (giveUp) => {
    let cancel: (() => void) | undefined;
    const wait = (left: number): void => {
      const part = Math.min(left, LONGEST_TIMER);
      const end = (): void => (left > part ? wait(left - part) : giveUp(timeoutError(timeout)));
      cancel = ticker.arm(end, part, isAwaited);
    };
    wait(timeout);
    return () => cancel?.();
  };
}

function timeoutError(ms: number): MachoError {
  return new MachoError("timeout", `A load took longer than its timeout of ${ms} ms. Pass a longer { timeout }.`);
}
