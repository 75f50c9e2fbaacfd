/**
 * The provider and the hooks. Every name of `macho-cache/query` can be imported from here as well.
 * @packageDocumentation
 * @since 0.1.0
 */
export { useQueryClient } from "./context.ts";
export { DehydratedScript, type DehydratedScriptProps } from "./dehydrated-script.ts";
export {
  QueryErrorResetBoundary,
  type QueryErrorResetBoundaryProps,
  useQueryErrorResetBoundary,
} from "./error-reset.ts";
export { HydrationBoundary, type HydrationBoundaryProps } from "./hydration-boundary.ts";
export { MachoProvider, type MachoProviderProps } from "./provider.ts";
export { useCachedInfiniteQuery } from "./use-cached-infinite-query.ts";
export { type CachedQueriesOptions, type ResultsOf, useCachedQueries } from "./use-cached-queries.ts";
export { useCachedQuery } from "./use-cached-query.ts";
export { type SetCachedState, useCachedState } from "./use-cached-state.ts";
export { type SubscriptionOptions, useCachedSubscription } from "./use-cached-subscription.ts";
export { useIsFetching } from "./use-is-fetching.ts";
export { usePrefetchQuery } from "./use-prefetch-query.ts";
export type { Idle } from "./hook-call.ts";
export { useCachedMutation } from "./use-cached-mutation.ts";
export { useIsMutating } from "./use-is-mutating.ts";
export { type MutationStateOptions, useMutationState } from "./use-mutation-state.ts";
export type { ErrorReset } from "./resets.ts";

// The query layer's names, so that an app imports from one place. Whole, and not by name: only so does a declaration of
// `Register` in `macho-cache/react` reach the one that it comes from.
export * from "../query/index.ts";
