export { useQueryClient } from "./context.ts";
export { MachoProvider, type MachoProviderProps } from "./provider.ts";
export { useCachedMutation } from "./use-cached-mutation.ts";
export { type Idle, useCachedQuery } from "./use-cached-query.ts";
export { useIsMutating } from "./use-is-mutating.ts";
export { type MutationStateOptions, useMutationState } from "./use-mutation-state.ts";
