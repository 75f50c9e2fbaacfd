/**
 * Queries and mutations over a bounded cache, for any framework or none.
 * @packageDocumentation
 * @since 0.1.0
 */
export { cacheControl, type ResponseLifetime } from "./model/cache-control.ts";
export { QueryClient, type QueryClientOptions } from "./client/client.ts";
export type { QueryCache } from "./machine/query-cache.ts";
export type { InvalidateOptions, LoadAgainOptions } from "./client/invalidation.ts";
export { type Environment } from "./timing/environment.ts";
export {
  type Believed,
  type DefaultError,
  type FetchContext,
  type Fetcher,
  type Lifetime,
  type LooseKey,
  type MaybeError,
  type NetworkMode,
  type QueryMeta,
  type Register,
  type Retry,
  type RetryDelay,
  type SkipToken,
  skipToken,
} from "./model/fetcher.ts";
export type { KeyedTarget, QueryFilter, QueryTarget } from "./store/filter.ts";
export type {
  FetchOptions,
  ForQuery,
  OptionFunction,
  QueryInfo,
  QueryOptions,
  Refetch,
  ResolvedQueryOptions,
  SetDataOptions,
  StaleTime,
} from "./model/options.ts";
export { ObserverGroup } from "./observer/group.ts";
export { dehydrate, type DehydrateOptions } from "./hydration/dehydrate.ts";
export type { DehydratedQuery, DehydratedState } from "./hydration/dehydrated.ts";
export { hydrate, type HydrateOptions } from "./hydration/hydrate.ts";
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
} from "./kinds/infinite.ts";
export {
  InfiniteQueryObserver,
  type InfiniteQueryResult,
  type PagesResult,
  type SuspenseInfiniteResult,
} from "./kinds/infinite-observer.ts";
export { keepPreviousData } from "./observer/shown-data.ts";
export { hashKey, type QueryKey } from "./key/key.ts";
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
} from "./model/keyed-options.ts";
export type { LoadHost } from "./machine/retries.ts";
export type { ObserverTarget } from "./observer/committed-input.ts";
export { type ObserverView, QueryObserver } from "./observer/observer.ts";
export { suspensionOf } from "./observer/suspense.ts";
export { type ResultField } from "./observer/result-fields.ts";
export type {
  ErrorResult,
  PendingResult,
  QueryResult,
  RefetchOptions,
  SuccessResult,
  SuspenseResult,
} from "./observer/result.ts";
export { type ScriptOptions, toScript } from "./hydration/script-writer.ts";
export { hydrateScripts, type HydrateScriptsOptions, readScript } from "./hydration/script-reader.ts";
export { shareStructure } from "./model/share-structure.ts";
export type { Direction, QueryState } from "./model/state.ts";
export type { QueryEvent } from "./store/store.ts";
export { streamedQuery, type StreamedQueryOptions } from "./kinds/streamed.ts";
export type { SubscribeTo, Subscriber } from "./kinds/subscription.ts";
export { readText } from "./hydration/text-reader.ts";
export { toText } from "./hydration/text-writer.ts";
export { mutateQuery, type MutateQueryOptions } from "./mutation/mutate-query.ts";
export type { Mutation, MutationState, MutationStatus } from "./mutation/mutation.ts";
export type { MutationEvent } from "./mutation/mutation-calls.ts";
export { MutationObserver } from "./mutation/mutation-observer.ts";
export { type MutationCallContext, type MutationOptions, mutationOptions } from "./mutation/mutation-options.ts";
export type {
  ErrorMutation,
  IdleMutation,
  MutateCallbacks,
  MutationActions,
  MutationField,
  MutationResult,
  PendingMutation,
  SuccessMutation,
} from "./mutation/mutation-result.ts";
export type {
  MutationDefaults,
  MutationScope,
  MutationSettings,
  ResolvedMutationOptions,
} from "./model/mutation-settings.ts";
export {
  isMutating,
  type MutationFilter,
  mutationsOf,
  type MutationStore,
  resumePausedMutations,
  setMutationDefaults,
} from "./mutation/mutation-store.ts";
