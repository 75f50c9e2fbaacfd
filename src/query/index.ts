export { QueryClient, type QueryClientOptions } from "./client.ts";
export { type Environment } from "./environment.ts";
export type { QueryFilter } from "./filter.ts";
export type { QueryInfo } from "./info.ts";
export { hashKey, type QueryKey } from "./key.ts";
export type { QueryObserver, ResultField } from "./observer.ts";
export type { Fetcher, FetchOptions, QueryOptions, ResolvedQueryOptions, SetDataOptions } from "./options.ts";
export type { Retry, RetryDelay } from "./retry.ts";
export type { LoadHost } from "./load.ts";
export type { ErrorResult, PendingResult, QueryResult, SuccessResult } from "./result.ts";
export type { QueryState } from "./state.ts";
export type { QueryEvent } from "./store.ts";
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
