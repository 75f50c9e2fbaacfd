import { check, checkBoolean, checkMs, checkNames, checkSignal } from "./checks.ts";
import { describe, MachoError } from "./errors.ts";
import type { Deadline, Flight, Flights, LoadContext } from "./flight.ts";
import type { SetOptions } from "./options.ts";
import type { Write } from "./write.ts";

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
   * Ms after which this call is given up: it is rejected with a MachoError "timeout". The load goes on for others who
   * wait; without any it has failed, and is aborted. Above 0. @defaultValue Infinity
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
  /** @throws what the weigher throws, and MachoError "invalid-weight" */
  weigh(key: K, value: V, options: SetOptions): Write;
  /** A load brought a value. */
  store(key: K, value: V, write: Write): void;
  /** A load failed. */
  failed(key: K, error: unknown): void;
  /** Without counting. */
  find(key: K): Found<V> | undefined;
  now(): number;
  after(run: () => void, ms: number): () => void;
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

/** The value of a key that was just looked up: what was found, or what a load brings. */
export function loadThrough<K, V>(
  host: LoadingHost<K, V>,
  key: K,
  found: Found<V> | undefined,
  loader: Loader<K, V>,
  options: LoadOptions,
): Promise<V> | V {
  const { signal, staleTime = Infinity, serveStale = true, staleIfError = false, timeout = Infinity } = options;
  if (found && (staleTime === Infinity || host.now() - found.written < staleTime)) return found.value;
  const { flights } = host;
  // The engine's flights carry values of this cache.
  const joined = flights.get(key) as Flight<V> | undefined;
  if (joined) flights.counters.joined++;
  const { ttl, keepTtl, weight } = options;
  let write: Write;
  const landed = (value: V): void => host.store(key, value, write);
  const flight = joined ?? flights.prepare(key, landed, true, (error) => host.failed(key, error));
  const deadline = timeout < Infinity ? deadlineOf(host, timeout) : undefined;
  const isBehind = found !== undefined && serveStale;
  const answer = isBehind ? flight.keep(deadline) : flight.follow(signal, deadline);
  const accept = (value: V): void => {
    if (flights.get(key) === (flight as Flight)) write = host.weigh(key, value, { ttl, keepTtl, weight });
  };
  if (!joined) flight.start((context) => loader(key, context), accept);
  if (!answer) return found!.value;
  return found && staleIfError ? orStale(host, key, answer, signal) : answer;
}

function deadlineOf(host: Pick<LoadingHost<never, never>, "after">, timeout: number): Deadline {
  return (late) => host.after(() => late(timeoutError(timeout)), timeout);
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
