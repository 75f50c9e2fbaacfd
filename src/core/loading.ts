import { checkMs } from "./checks.ts";
import { check, checkBoolean, checkNames, checkSignal, checkTtl } from "./lru/checks.ts";
import { LONGEST_TIMER } from "./lru/clock.ts";
import { describe, MachoError } from "./lru/errors.ts";
import type { Deadline, Flight, Flights, LoadContext } from "./lru/flight.ts";
import type { SetOptions } from "./options.ts";
import type { Write } from "./write.ts";

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
  /** Rejects this caller. The load itself is aborted when its last caller is gone. */
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

/** What was found at the look-up, and when it was written. */
export interface Found<V> {
  readonly value: V;
  readonly written: number;
}

/** What loading needs of its cache. */
export interface LoadingHost<K, V> {
  readonly flights: Flights<K>;
  /** Of a call without one of its own. */
  readonly timeout: number;
  /** @throws what the weigher throws, and MachoError "invalid-weight" */
  weigh(key: K, value: V, options: SetOptions): Write;
  /** A load brought a value. */
  store(key: K, value: V, write: Write): void;
  /** A load brought a value that is not stored: an older one is not true any more. */
  drop(key: K): void;
  /** A load failed. */
  failed(key: K, error: unknown): void;
  /** Without counting. */
  find(key: K): Found<V> | undefined;
  now(): number;
  /** @param isAwaited whether somebody waits for it */
  arm(run: () => void, ms: number, isAwaited: boolean): (() => void) | undefined;
}

const LOAD_OPTIONS = {
  ttl: true,
  keepTtl: true,
  weight: true,
  signal: true,
  staleTime: true,
  serveStale: true,
  staleIfError: true,
  timeout: true,
} satisfies Record<keyof LoadOptions, true>;

/** @throws MachoError and MachoOptionError for what cannot be used, before anything happens */
export function checkLoad(loader: unknown, options: LoadOptions): void {
  checkNames("getOrLoad", options, LOAD_OPTIONS);
  const { signal, staleTime, serveStale = true, staleIfError = false, timeout = Infinity } = options;
  checkSignal(signal);
  checkAge("staleTime", staleTime);
  checkBoolean("serveStale", serveStale);
  checkBoolean("staleIfError", staleIfError);
  checkMs("timeout", timeout, "10_000");
  if (typeof loader === "function") return;
  const message = `getOrLoad needs a loader, got ${describe(loader)}. Pass (key, { signal }) => a value or a promise.`;
  throw new MachoError("invalid-argument", message);
}

const LIFETIME = { ttl: true, isStorable: true } satisfies Record<keyof LoadLifetime, true>;

/** The value of a key that was just looked up: what was found, or what a load brings. */
export function loadThrough<K, V>(
  host: LoadingHost<K, V>,
  key: K,
  found: Found<V> | undefined,
  loader: Loader<K, V>,
  options: LoadOptions,
): Promise<V> | V {
  const { signal, staleTime = Infinity, serveStale = true, staleIfError = false, timeout = host.timeout } = options;
  if (found && (staleTime === Infinity || host.now() - found.written < staleTime)) return found.value;
  const { flights } = host;
  // The engine's flights carry values of this cache.
  const underWay = flights.get(key) as Flight<V> | undefined;
  // One that hangs is not joined for longer than its own caller would have waited.
  const joined = underWay && host.now() < underWay.joinableUntil! ? underWay : undefined;
  const isBehind = found !== undefined && serveStale;
  if (joined?.isStarting && !isBehind) throw circularError();
  if (joined) flights.counters.joined++;
  const load = joined ? undefined : prepareLoad(host, key, loader, options);
  const flight = joined ?? load!.flight;
  if (!joined) {
    flight.overdue = underWay;
    flight.joinableUntil = host.now() + timeout;
  }
  const deadline = timeout < Infinity ? deadlineOf(host, timeout, !isBehind) : undefined;
  const answer = isBehind ? keep(flight as Flight, deadline) : flight.follow(signal, deadline);
  load?.start();
  if (!answer) return found!.value;
  return found && staleIfError ? orStale(host, key, answer, signal) : answer;
}

/** A load that nobody joined or started yet. */
function prepareLoad<K, V>(
  host: LoadingHost<K, V>,
  key: K,
  loader: Loader<K, V>,
  { ttl, keepTtl, weight }: LoadOptions,
): { readonly flight: Flight<V>; start(): void } {
  let lifetime: LoadLifetime = {};
  let write: Write | undefined;
  const landed = (value: V): void => {
    if (write) host.store(key, value, write);
    else host.drop(key);
    if (flight.overdue) settle(flight.overdue, value);
  };
  const flight = host.flights.prepare(key, landed, (error) => host.failed(key, error));
  flight.onWrite = (value) => settle(flight, value);
  const setLifetime = (given: LoadLifetime): void => {
    checkNames("setLifetime", given, LIFETIME);
    if (given.ttl !== undefined) checkTtl(given.ttl);
    checkBoolean("isStorable", given.isStorable ?? true);
    lifetime = { ...given };
  };
  // What will be stored is weighed first.
  const accept = (value: V): void => {
    if (lifetime.isStorable === false || host.flights.get(key) !== (flight as Flight)) return;
    const times = lifetime.ttl === undefined ? { ttl, keepTtl } : { ttl: lifetime.ttl };
    write = host.weigh(key, value, { ...times, weight });
  };
  const start = (): void =>
    flight.start((context) => {
      flight.isStarting = true;
      try {
        return loader(key, Object.assign(context, { setLifetime }));
      } finally {
        flight.isStarting = false;
      }
    }, accept);
  return { flight, start };
}

/** Gives a value to everybody who waits for a load, and for one that it replaced. */
function settle<V>(flight: Flight<V>, value: V): void {
  if (flight.overdue) settle(flight.overdue, value);
  flight.supersede(value);
}

/** The cache itself waits for a load, once at a time: no caller's leaving ends it. */
function keep(flight: Flight, deadline?: Deadline): void {
  if (flight.isKept) return;
  flight.isKept = true;
  const free = (): void => void (flight.isKept = false);
  flight.follow(undefined, deadline).then(free, free);
}

/** A timer for any time: what is longer than a timer can be is waited for in parts. */
function deadlineOf(host: Pick<LoadingHost<never, never>, "arm">, timeout: number, isAwaited: boolean): Deadline {
  return (giveUp) => {
    let cancel: (() => void) | undefined;
    const wait = (left: number): void => {
      const part = Math.min(left, LONGEST_TIMER);
      cancel = host.arm(() => (left > part ? wait(left - part) : giveUp(timeoutError(timeout))), part, isAwaited);
    };
    wait(timeout);
    return () => cancel?.();
  };
}

/** What was found stays good for its `ttl` when the load fails; a caller who left gets nothing. */
async function orStale<K, V>(
  host: LoadingHost<K, V>,
  key: K,
  answer: Promise<V>,
  signal: AbortSignal | undefined,
): Promise<V> {
  try {
    return await answer;
  } catch (error) {
    const stale = signal?.aborted ? undefined : host.find(key);
    if (stale) return stale.value;
    throw error;
  }
}

function checkAge(option: string, ms: unknown): void {
  const isGood = ms === undefined || (typeof ms === "number" && ms >= 0);
  check(isGood, option, "must be a number of ms, 0 or more, or Infinity", ms, `${option}: 30_000`);
}

function timeoutError(ms: number): MachoError {
  const message = `A load took longer than its timeout of ${ms} ms. Pass a longer { timeout }.`;
  return new MachoError("timeout", message);
}

function circularError(): MachoError {
  const message = "A loader asked for its own key, and would wait for itself. Read what is there with peek(key).";
  return new MachoError("circular-load", message);
}
