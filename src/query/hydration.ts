import { MachoError } from "../core/index.ts";
import { checkFunction, checkNames, describe } from "../core/internal.ts";
import { Answer } from "./answer.ts";
import type { QueryClient } from "./client.ts";
import type { QueryFilter } from "./filter.ts";
import { hashKey, type QueryKey } from "./key.ts";
import type { QueryInfo } from "./query-info.ts";
import { pendingState, type QueryState, successState } from "./state.ts";
import type { QueryStore } from "./store.ts";

const VERSION = 1;
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
  checkFunction("shouldDehydrateQuery", shouldDehydrateQuery, "shouldDehydrateQuery: (query) => query.isFetched");
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
  const answer = store.answerOf(hash);
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

function take(store: QueryStore, { sent, hash, at, isTaken }: Arrival): void {
  const { key } = sent;
  const data = sent.data ?? fulfilled(sent.promise);
  if (data === undefined) return isTaken ? takePromise(store, sent, hash) : undefined;
  const before: QueryState | undefined = store.stateOf(hash);
  const passed = Math.max(0, store.wallNow() - at);
  const now = store.now();
  const answer = new Answer(successState(pendingState(key, hash), data, sent.dataUpdatedAt), now - passed - sent.age, {
    fetcher: undefined,
    options: undefined,
    ownStaleTime: sent.staleTime === NEVER ? Infinity : (sent.staleTime ?? undefined),
    tags: sent.tags,
    staleTime: 0,
  });
  answer.isInvalidated = sent.isInvalidated;
  // What the server rendered is what a page that hydrates must begin with, whatever is newer.
  (store.sent ??= new Map()).set(hash, { answer, at: now - passed });
  // It is forgotten with what the cache has of it.
  store.engaged();
  if (!isTaken) return;
  if (before?.data !== undefined && before.dataUpdatedAt >= sent.dataUpdatedAt) return;
  const ttl = sent.ttl === null ? undefined : sent.ttl - passed;
  if (ttl !== undefined && ttl <= 0) return;
  const query = store.acquire(key, hash);
  query.take(answer, ttl);
  store.release(query);
}

/** A load that goes on elsewhere: its promise stands for the fetcher, once. */
function takePromise(store: QueryStore, { key, promise, tags, ttl }: DehydratedQuery, hash: string): void {
  if (!promise || store.stateOf(hash)?.data !== undefined) return;
  const options = store.defaults.resolveFetch("hydrate", key, { tags, ttl: ttl ?? undefined });
  store
    .acquire(key, hash)
    .fetch({ fetcher: () => promise, options, isSent: true })
    .catch(() => undefined);
}

/** The value of a promise that React has seen settle: it is there at once, and nothing flashes. */
function fulfilled(promise: Promise<unknown> | undefined): unknown {
  const { status, value } = (promise ?? {}) as { status?: unknown; value?: unknown };
  return status === "fulfilled" ? value : undefined;
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
