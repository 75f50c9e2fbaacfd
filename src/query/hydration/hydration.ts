import { MachoError } from "../../core/index.ts";
import { checkFunction, checkNames, describe } from "../../core/internal.ts";
import { Answer } from "../machine/answer.ts";
import type { QueryClient } from "../client/client.ts";
import type { QueryFilter } from "../store/filter.ts";
import { hashKey, type QueryKey } from "../key/key.ts";
import type { QueryInfo } from "../model/options.ts";
import { pendingState, type QueryState, successState } from "../model/state.ts";
import type { Sent } from "../store/sent.ts";
import type { QueryStore } from "../store/store.ts";

const VERSION = 1;
/** Keys of which a client knows what was sent, also while its cache does not. */
const MOST_SENT = 1_000;
/** Ms that stand for `Infinity`. */
const NEVER = Number.MAX_SAFE_INTEGER;

/** A query on its way from one client to another. */
export interface DehydratedQuery {
  readonly key: QueryKey;
  /** `undefined` for one that is loading. */
  readonly data?: unknown;
  /** Wall time in ms at which the data came. */
  readonly dataUpdatedAt: number;
  /** Ms since the data came, by the sender's clock. */
  readonly age: number;
  /** Ms that it may still be shown, or from its arrival where it is loading; `null` for as long as it is kept. */
  readonly ttl: number | null;
  /** Ms that it is fresh, as its fetcher said: `Number.MAX_SAFE_INTEGER` for not by age; `null` where each hook says so. */
  readonly staleTime: number | null;
  readonly isInvalidated: boolean;
  readonly tags: readonly string[];
  /** Of one that is loading: its data, for transports that can send a promise. */
  readonly promise?: Promise<unknown>;
}

/** What a client knows, as plain data. */
export interface DehydratedState {
  readonly version: number;
  /** Wall time in ms. */
  readonly at: number;
  readonly queries: readonly DehydratedQuery[];
}

/** What is sent. */
export interface DehydrateOptions {
  /** Which queries are sent. @defaultValue those with data whose last load did not fail */
  readonly shouldDehydrateQuery?: ((query: QueryInfo) => boolean) | undefined;
  /** Whether loads under way are sent as promises, for a transport that can. @defaultValue false */
  readonly pending?: boolean | undefined;
  /** Whether a promise that fails says why; otherwise no word of it leaves the server. @defaultValue false */
  readonly showErrors?: boolean | undefined;
}

/** Which of the queries are taken. */
export interface HydrateOptions {
  /** `"watched"`: those that mounted hooks show; `"unwatched"`: the others, as a render may take. @defaultValue "all" */
  readonly which?: "all" | "watched" | "unwatched" | undefined;
}

/** What a client knows, for another one. Nothing is changed, and no object of the caller's is written to. */
export function dehydrate(client: QueryClient, options: DehydrateOptions = {}): DehydratedState {
  checkNames("dehydrate", options, { shouldDehydrateQuery: true, pending: true, showErrors: true });
  const { shouldDehydrateQuery, pending = false, showErrors = false } = options;
  checkFunction(
    "shouldDehydrateQuery",
    shouldDehydrateQuery,
    "shouldDehydrateQuery: (query) => query.tags.includes('public')",
  );
  const store = client.host;
  const queries = client.getQueries().flatMap((info) => {
    const isLoading = info.data === undefined && info.fetchStatus !== "idle";
    if (shouldDehydrateQuery ? !shouldDehydrateQuery(info) : info.status === "error") return [];
    if (info.data === undefined && !(isLoading && pending)) return [];
    return [dehydratedQuery(store, info, showErrors)];
  });
  return { version: VERSION, at: store.wallNow(), queries };
}

/** Data of some queries for a part of a page; a promise, which never rejects, while those that are named load. */
export function dehydratePart(client: QueryClient, filter: QueryFilter): DehydratedState | Promise<unknown> {
  const store = client.host;
  const queries = store.infos(filter);
  const loads = queries.flatMap(({ hash, data }) => (data === undefined && store.live.get(hash)?.promise) || []);
  const isNamed = Object.values(filter).some((given) => given !== undefined);
  // What loads for other parts must not hold up this one.
  if (isNamed && loads.length > 0) return Promise.allSettled(loads);
  const known = queries.filter(({ data, status }) => data !== undefined && status !== "error");
  const sent = known.map((info) => dehydratedQuery(store, info, false));
  return { version: VERSION, at: store.wallNow(), queries: sent };
}

function dehydratedQuery(store: QueryStore, info: QueryInfo, showErrors: boolean): DehydratedQuery {
  const { key, hash, data, dataUpdatedAt, isInvalidated, tags } = info;
  const answer = store.find(hash)?.answer;
  const query = store.live.get(hash);
  const ttl = (data === undefined ? query?.loadedTtl : store.cache.remainingTtl(hash)) ?? Infinity;
  const sent = {
    key,
    dataUpdatedAt,
    age: answer ? Math.max(0, store.now() - answer.freshSince) : 0,
    ttl: ttl === Infinity ? null : ttl,
    // JSON knows no Infinity.
    staleTime: answer?.ownStaleTime === undefined ? null : Math.min(answer.ownStaleTime, NEVER),
    isInvalidated,
    tags,
  };
  if (data !== undefined) return { ...sent, data };
  const promise = query?.promise ?? Promise.resolve(undefined);
  const told = showErrors ? promise : promise.catch(() => Promise.reject(new Error("The load failed on the server.")));
  // Whoever sends it hears of the failure; nobody else needs to.
  told.catch(() => undefined);
  return { ...sent, promise: told };
}

/**
 * Takes over what another client knew. What is known here and newer stays; what has expired on the way is left out.
 * Keys are hashed anew.
 * @throws MachoError "invalid-dump" for anything but what `dehydrate` gives; nothing is taken then
 */
export function hydrate(client: QueryClient, state: unknown, options: HydrateOptions = {}): void {
  checkNames("hydrate", options, { which: true });
  if (state === undefined || state === null) return;
  const { at, queries } = checkState(state);
  const store = client.host;
  if (store.isDisposed) return;
  const { which = "all" } = options;
  for (const query of queries) {
    const hash = hashKey(query.key);
    const isWatched = (store.live.get(hash)?.watcherCount ?? 0) > 0;
    take(store, { sent: query, hash, at, isTaken: which === "all" || isWatched === (which === "watched") });
  }
}

/** A query that arrives. */
interface Arrival {
  readonly sent: DehydratedQuery;
  readonly hash: string;
  readonly at: number;
  /** Whether the client gets it now; a part of the page that hydrates begins with it in any case. */
  readonly isTaken: boolean;
}

function take(store: QueryStore, arrival: Arrival): void {
  const { sent, hash, at, isTaken } = arrival;
  const isLoaded = sent.data !== undefined;
  const data = isLoaded ? sent.data : valueNow(sent.promise);
  if (data === undefined) return follow(store, arrival);
  const passed = Math.max(0, store.wallNow() - at);
  const sentAt = store.now() - passed;
  // A load that was under way has ended since, nobody knows when.
  const dataUpdatedAt = isLoaded ? sent.dataUpdatedAt : at;
  const answer = arrivedAnswer(arrival, data, dataUpdatedAt, sentAt - sent.age);
  const before: QueryState | undefined = store.find(hash)?.state;
  const { promisedAt = Infinity } = store.sent?.get(hash) ?? {};
  // What the server rendered is what a page that hydrates must begin with, whatever is newer.
  keepSent(store, hash, { answer, at: sentAt, promise: sent.promise });
  if (!isTaken || isNewer(before, dataUpdatedAt)) return;
  const ttl = sent.ttl === null ? undefined : sent.ttl - (isLoaded ? passed : 0);
  if (ttl !== undefined && ttl <= 0) return;
  const query = store.open(sent.key, hash);
  // A promise that was sent before this data came must not replace it.
  if (query.isReceiving && dataUpdatedAt > promisedAt) query.dismissLoad();
  query.take(answer, ttl);
  store.release(query);
}

/** Whether the data that is here is as new as that of a time, or newer. */
function isNewer(state: QueryState | undefined, updatedAt: number): boolean {
  return state?.data !== undefined && state.dataUpdatedAt >= updatedAt;
}

function arrivedAnswer({ sent, hash }: Arrival, data: unknown, updatedAt: number, freshSince: number): Answer {
  const answer = new Answer(successState(pendingState(sent.key, hash), data, updatedAt), freshSince, {
    ownStaleTime: sent.staleTime === NEVER ? Infinity : (sent.staleTime ?? undefined),
    tags: sent.tags,
  });
  answer.isInvalidated = sent.isInvalidated;
  return answer;
}

function keepSent(store: QueryStore, hash: string, part: Sent): void {
  const sent = (store.sent ??= new Map());
  sent.delete(hash);
  sent.set(hash, part);
  // The oldest first. What was evicted is in here still.
  const [oldest] = sent.keys();
  if (sent.size > MOST_SENT && oldest !== undefined) sent.delete(oldest);
  // It is forgotten with what the cache has of it.
  store.followCache();
}

/** A load that goes on elsewhere. What its promise brings is what the server rendered in a part that waited for it. */
function follow(store: QueryStore, arrival: Arrival): void {
  const { sent, hash, at, isTaken } = arrival;
  const { promise } = sent;
  if (promise === undefined) return;
  const known = store.sent?.get(hash);
  if (known?.promise !== promise) {
    const part: Sent = { answer: known?.answer, at: known?.at ?? 0, promise, promisedAt: at };
    keepSent(store, hash, part);
    // Before the load of the client hears of it. Where the key was forgotten meanwhile, nobody has this part any more.
    const came = (data: unknown): void => {
      if (data === undefined) return;
      part.at = store.now();
      part.answer = arrivedAnswer(arrival, data, store.wallNow(), part.at);
    };
    Promise.resolve(promise).then(came, () => undefined);
  }
  if (isTaken && !isNewer(store.find(hash)?.state, at)) takePromise(store, sent, promise, hash);
}

/** The promise stands for the fetcher, once. */
function takePromise(
  store: QueryStore,
  { key, tags, ttl }: DehydratedQuery,
  promise: Promise<unknown>,
  hash: string,
): void {
  // It needs no network, and a failure of the server is none of the page.
  const given = { tags, ttl: ttl ?? undefined, networkMode: "always", errorTtl: 0 } as const;
  const options = store.defaults.resolveFetch("hydrate", key, given);
  store
    .open(key, hash)
    .fetch({ fetcher: () => promise, options, isSent: true })
    .catch(() => undefined);
}

/**
 * The value of a promise that has it now, so that nothing flashes: React notes it on those that it saw settle, and those
 * of a server component read what has come when they are asked. `undefined` for any other.
 */
function valueNow(promise: PromiseLike<unknown> | undefined): unknown {
  const { status, value } = (promise ?? {}) as { status?: unknown; value?: unknown };
  if (status === "fulfilled") return value;
  let now: unknown;
  try {
    promise?.then(
      (came) => (now = came),
      () => undefined,
    );
  } catch {
    // The load that takes it fails.
  }
  return now;
}

function checkState(state: unknown): DehydratedState {
  const { version, at, queries } = state as Partial<DehydratedState>;
  if (typeof state !== "object" || version !== VERSION || !isTime(at) || !Array.isArray(queries)) {
    reject(describe(state));
  }
  const checked = queries as readonly DehydratedQuery[];
  checked.forEach((query, index) => {
    if (!isQuery(query)) reject(`${describe(query)} at queries[${index}]`);
  });
  return { version: VERSION, at, queries: checked };
}

function isQuery(query: unknown): query is DehydratedQuery {
  const { key, promise, dataUpdatedAt, age, ttl, staleTime, isInvalidated, tags } = (query ??
    {}) as Partial<DehydratedQuery>;
  // JSON makes an empty object of a promise, which is no data.
  if (!isKey(key) || (promise !== undefined && typeof promise?.then !== "function")) return false;
  if (!isTime(dataUpdatedAt) || !isTime(age) || typeof isInvalidated !== "boolean") return false;
  if (!(ttl === null || isTime(ttl)) || !(staleTime === null || isTime(staleTime))) return false;
  return Array.isArray(tags) && tags.every((tag) => typeof tag === "string");
}

function isKey(key: unknown): boolean {
  try {
    return hashKey(key as QueryKey) !== undefined;
  } catch {
    return false;
  }
}

/** Ms that a clock may show. A text can also hold `NaN` and `Infinity`, by which data would never be old. */
function isTime(ms: unknown): ms is number {
  return typeof ms === "number" && ms >= 0 && ms < Infinity;
}

function reject(got: string): never {
  const message = `hydrate needs what dehydrate gave, got ${got}. Pass the state as it was sent.`;
  throw new MachoError("invalid-dump", message);
}
