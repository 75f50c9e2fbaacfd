export { cacheControl, type ResponseLifetime } from "./cache-control.ts";
export { type InvalidateOptions, type LoadAgainOptions, QueryClient, type QueryClientOptions } from "./client.ts";
export { type Environment } from "./environment.ts";
export {
  type DefaultError,
  type FetchContext,
  type Fetcher,
  type Lifetime,
  type LooseKey,
  type MaybeError,
  type QueryMeta,
  type Register,
  type SkipToken,
  skipToken,
} from "./fetcher.ts";
export type { KeyedTarget, QueryFilter, QueryTarget } from "./filter.ts";
export type { QueryInfo } from "./query-info.ts";
export { ObserverGroup } from "./group.ts";
export {
  dehydrate,
  type DehydratedQuery,
  type DehydratedState,
  type DehydrateOptions,
  hydrate,
  type HydrateOptions,
} from "./hydration.ts";
export {
  infiniteQuery,
  type InfiniteQueryOptions,
  infiniteQueryOptions,
  type KeyedInfiniteQueryOptions,
  type LoadingInfiniteOptions,
  type PageContext,
  type PageFetcher,
  type PageOptions,
  type PageParamOf,
  type Pages,
  type SuspendingInfiniteOptions,
} from "./infinite.ts";
export {
  InfiniteQueryObserver,
  type InfiniteQueryResult,
  type PagesResult,
  type SuspenseInfiniteResult,
} from "./infinite-observer.ts";
export { keepPreviousData } from "./keep-previous-data.ts";
export { hashKey, type QueryKey } from "./key.ts";
export {
  type DataOf,
  type FetchExtras,
  type KeyedQueryOptions,
  type LoadingQueryOptions,
  type Loads,
  type SuspendingQueryOptions,
  type Suspends,
  queryOptions,
  type TaggedKey,
} from "./keyed-options.ts";
export type { LoadHost } from "./load.ts";
export { type ObserverTarget, type ObserverView, QueryObserver } from "./observer.ts";
export { type ResultField } from "./result-fields.ts";
export type {
  Anything,
  FetchOptions,
  ForQuery,
  QueryOptions,
  Refetch,
  ResolvedQueryOptions,
  SetDataOptions,
  StaleTime,
} from "./options.ts";
export type {
  ErrorResult,
  PendingResult,
  QueryResult,
  RefetchOptions,
  SuccessResult,
  SuspenseResult,
} from "./result.ts";
export type { Retry, RetryDelay } from "./retry.ts";
export { type ScriptOptions, toScript } from "./script.ts";
export { hydrateScripts, type HydrateScriptsOptions, readScript } from "./script-reader.ts";
export { shareStructure } from "./share-structure.ts";
export type { Direction, QueryState } from "./state.ts";
export type { QueryEvent } from "./store.ts";
export { streamedQuery, type StreamedQueryOptions } from "./streamed.ts";
export type { SubscribeTo, Subscriber } from "./subscription.ts";
export { readText } from "./text-reader.ts";
export { toText } from "./text-writer.ts";
export { mutateQuery, type MutateQueryOptions } from "./mutate-query.ts";
export type { Mutation } from "./mutation.ts";
export type { ResolvedMutationOptions } from "./mutation-checks.ts";
export type { MutationFilter } from "./mutation-filter.ts";
export { MutationObserver } from "./mutation-observer.ts";
export {
  type MutateCallbacks,
  type MutationCallContext,
  type MutationOptions,
  mutationOptions,
} from "./mutation-options.ts";
export type {
  ErrorMutation,
  IdleMutation,
  MutationActions,
  MutationField,
  MutationResult,
  PendingMutation,
  SuccessMutation,
} from "./mutation-result.ts";
export { isMutating, mutationsOf, resumePausedMutations, setMutationDefaults } from "./mutations.ts";
export type { MutationDefaults, MutationScope, MutationSettings } from "./mutation-settings.ts";
export type { MutationState, MutationStatus } from "./mutation-state.ts";
export type { MutationEvent, MutationStore } from "./mutation-store.ts";
export type { NetworkMode } from "./network-mode.ts";
