export { type ExactQuery, QueryClient, type QueryClientOptions, type QueryInfo } from "./client.ts";
export { hashKey, type QueryKey } from "./key.ts";
export type { QueryObserver, ResultField } from "./observer.ts";
export type { Fetcher, FetchOptions, QueryOptions, ResolvedQueryOptions, SetDataOptions } from "./options.ts";
export type { ErrorResult, PendingResult, QueryResult, SuccessResult } from "./result.ts";
export type { QueryState } from "./state.ts";
export type { QueryEvent } from "./store.ts";
