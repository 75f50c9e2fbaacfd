import { check, checkBoolean, checkMs, checkNames, checkSignal } from "./checks.ts";
import { describe, MachoError } from "./errors.ts";
import type { Flight, Flights, LoadContext } from "./flight.ts";
import type { SetOptions } from "./options.ts";

/** Makes the value of a key. It may throw; the error reaches the caller as it is. */
export type Loader<K, V> = (key: K, context: LoadContext) => V | PromiseLike<V>;

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
   * Ms after which a load that this call starts is given up: it is aborted, and all its callers are rejected with
   * a MachoError "timeout". Above 0. @defaultValue Infinity
   */
  timeout?: number | undefined;
}

/** What was found at the look-up, and when it was written. */
export interface Found<V> {
  readonly value: V;
  readonly age: number;
}

/** What loading needs of its cache. */
export interface LoadingHost<K, V> {
  readonly flights: Flights<K>;
  /** A load brought a value. */
  store(key: K, value: V, options: SetOptions): void;
  /** Without counting. */
  find(key: K): Found<V> | undefined;
  schedule(run: () => void, ms: number): () => void;
}

/** @throws MachoError and MachoOptionError for what cannot be used, before anything happens */
export function checkLoad(loader: unknown, options: LoadOptions): void {
  const { signal, staleTime, serveStale = true, staleIfError = false, timeout = Infinity, ...set } = options;
  const load = { signal, staleTime, serveStale, staleIfError, timeout } satisfies Omit<LoadOptions, keyof SetOptions>;
  const known = { ttl: true, keepTtl: true, weight: true } satisfies Record<keyof SetOptions, true>;
  checkNames("getOrLoad", set, { ...known, ...load });
  checkSignal(signal);
  checkAge("staleTime", staleTime);
  checkBoolean("serveStale", serveStale);
  checkBoolean("staleIfError", staleIfError);
  checkMs("timeout", timeout, "10_000");
  if (typeof loader === "function") return;
  const message = `getOrLoad needs a loader, got ${describe(loader)}. Pass (key, { signal }) => a value or a promise.`;
  throw new MachoError("invalid-argument", message);
}

/** The value of a key that was just looked up: what was found, or what a load brings. */
export function loadThrough<K, V>(
  host: LoadingHost<K, V>,
  key: K,
  found: Found<V> | undefined,
  loader: Loader<K, V>,
  options: LoadOptions,
): Promise<V> | V {
  const { signal, staleTime = Infinity, serveStale = true, staleIfError = false } = options;
  if (found && found.age < staleTime) return found.value;
  const isBehind = found !== undefined && serveStale;
  const joined = host.flights.get(key);
  if (joined) host.flights.counters.joined++;
  // The engine's flights carry values of this cache.
  const flight = (joined as Flight<V> | undefined) ?? launch(host, key, loader, options);
  if (isBehind) {
    // The cache itself waits for it, so that no caller's abort ends it.
    flight.join();
    if (!joined) flight.start((context) => loader(key, context));
    return found.value;
  }
  const answer = flight.follow(signal);
  if (!joined) flight.start((context) => loader(key, context));
  return found && staleIfError ? orStale(host, key, answer, signal) : answer;
}

function launch<K, V>(host: LoadingHost<K, V>, key: K, loader: Loader<K, V>, options: LoadOptions): Flight<V> {
  const { timeout = Infinity, ttl, keepTtl, weight } = options;
  const flight = host.flights.prepare<V>(key, (value) => host.store(key, value, { ttl, keepTtl, weight }), true);
  if (timeout < Infinity) {
    const cancel = host.schedule(() => flight.fail(timeoutError(timeout)), timeout);
    flight.promise.then(cancel, cancel);
  }
  return flight;
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
