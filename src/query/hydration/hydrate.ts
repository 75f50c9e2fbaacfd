import { MachoError } from "../../core/lru/index.ts";
import { describe } from "../../core/lru/internal.ts";
import type { QueryClient } from "../client/client.ts";
import { hashKey, type QueryKey } from "../key/key.ts";
import { Answer } from "../machine/answer.ts";
import { checkOptions, oneOf, type OptionRow } from "../model/option-table.ts";
import { pendingState, type QueryState, successState } from "../model/state.ts";
import type { Sent } from "../store/sent.ts";
import type { QueryStore } from "../store/store.ts";
import { type DehydratedQuery, type DehydratedState, NEVER, VERSION } from "./dehydrated.ts";

/** The most keys of which a client knows what was sent. Its cache may hold fewer. */
const MOST_SENT = 1_000;

/** Which of the queries are taken. */
export interface HydrateOptions {
  /** `"watched"`: those that mounted hooks show; `"unwatched"`: the others, as a render may take. @defaultValue "all" */
  readonly which?: "all" | "watched" | "unwatched" | undefined;
}

const OPTIONS: Record<keyof HydrateOptions, OptionRow> = {
  which: [/* @__PURE__ */ oneOf("all", "watched", "unwatched")],
};

/**
 * Takes over what another client knew. What is known here and newer stays; what has expired on the way is left out.
 * Keys are hashed anew.
 * @throws MachoError "invalid-dump" for anything but what `dehydrate` gives; nothing is taken then
 */
export function hydrate(client: QueryClient, state: unknown, options: HydrateOptions = {}): void {
  checkOptions("hydrate", OPTIONS, options);
  if (state === undefined || state === null) return;
  const { at, queries } = checkState(state);
  const store = client.host;
  if (store.isDisposed) return;
  const { which = "all" } = options;
  for (const query of queries) {
    const hash = hashKey(query.key);
    const isWatched = (store.live.get(hash)?.watchers.length ?? 0) > 0;
    takeAnswer(store, { sent: query, hash, at, isTaken: which === "all" || isWatched === (which === "watched") });
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

function takeAnswer(store: QueryStore, arrival: Arrival): void {
  const { sent, hash, at, isTaken } = arrival;
  const isLoaded = sent.data !== undefined;
  const data = isLoaded ? sent.data : valueNow(sent.promise);
  if (data === undefined) return takePromise(store, arrival);
  const passed = Math.max(0, store.wallNow() - at);
  const sentAt = store.now() - passed;
  // A load that was under way has ended since. When it did is not known.
  const dataUpdatedAt = isLoaded ? sent.dataUpdatedAt : at;
  const answer = arrivedAnswer(arrival, data, dataUpdatedAt, sentAt - sent.age);
  const before: QueryState | undefined = store.find(hash)?.state;
  const { promisedAt = Infinity } = store.sent?.get(hash) ?? {};
  // A page that hydrates begins with what the server rendered, whatever is newer.
  keepSent(store, hash, { answer, at: sentAt, promise: sent.promise });
  if (!isTaken || isNewer(before, dataUpdatedAt)) return;
  const ttl = sent.ttl === null ? undefined : sent.ttl - (isLoaded ? passed : 0);
  if (ttl !== undefined && ttl <= 0) return;
  const query = store.open(sent.key, hash);
  // A promise that was sent before this data came must not replace it.
  if (query.loading?.request.isSent && dataUpdatedAt > promisedAt) query.cancel(false);
  query.take(answer, ttl);
  store.release(query);
}

/** Whether the data of a state came at this time or later. */
function isNewer(state: QueryState | undefined, updatedAt: number): boolean {
  return state?.data !== undefined && state.dataUpdatedAt >= updatedAt;
}

function arrivedAnswer({ sent, hash }: Arrival, data: unknown, updatedAt: number, freshSince: number): Answer {
  const state = successState(pendingState(sent.key, hash), data, updatedAt);
  const staleTime = sent.staleTime === NEVER ? Infinity : (sent.staleTime ?? undefined);
  const answer = new Answer(state, freshSince, sent.tags, {}, { staleTime });
  answer.isInvalidated = sent.isInvalidated;
  return answer;
}

function keepSent(store: QueryStore, hash: string, part: Sent): void {
  const sent = (store.sent ??= new Map());
  sent.delete(hash);
  sent.set(hash, part);
  // The oldest is the first. An entry that was evicted is still in here.
  const [oldest] = sent.keys();
  if (sent.size > MOST_SENT && oldest !== undefined) sent.delete(oldest);
  // It is forgotten with what the cache has of it.
  store.followCache();
}

/** Takes a load that goes on elsewhere. A part of the page that waited for its promise was rendered with its answer. */
function takePromise(store: QueryStore, arrival: Arrival): void {
  const { sent, hash, at, isTaken } = arrival;
  const { promise } = sent;
  if (promise === undefined) return;
  const known = store.sent?.get(hash);
  if (known?.promise !== promise) {
    const part: Sent = { answer: known?.answer, at: known?.at ?? 0, promise, promisedAt: at };
    keepSent(store, hash, part);
    // This hears of the answer before the load of the client does. A key that was forgotten meanwhile has lost this part.
    const came = (data: unknown): void => {
      if (data === undefined) return;
      part.at = store.now();
      part.answer = arrivedAnswer(arrival, data, store.wallNow(), part.at);
    };
    Promise.resolve(promise).then(came, () => undefined);
  }
  if (isTaken && !isNewer(store.find(hash)?.state, at)) loadByPromise(store, sent, promise, hash);
}

/** Loads with the promise in place of a fetcher, once. */
function loadByPromise(
  store: QueryStore,
  { key, tags, ttl }: DehydratedQuery,
  promise: Promise<unknown>,
  hash: string,
): void {
  // It needs no network. The server's failure is not the page's.
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
