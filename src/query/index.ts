export { QueryClient, type QueryClientOptions } from "./client.ts";
export type { ExactQuery } from "./filter.ts";
export type { QueryInfo } from "./info.ts";
export { hashKey, type QueryKey } from "./key.ts";
export type { QueryObserver, ResultField } from "./observer.ts";
export type { Fetcher, FetchOptions, QueryOptions, ResolvedQueryOptions, SetDataOptions } from "./options.ts";
export type { ErrorResult, PendingResult, QueryResult, SuccessResult } from "./result.ts";
export type { QueryState } from "./state.ts";
export type { QueryEvent } from "./store.ts";
