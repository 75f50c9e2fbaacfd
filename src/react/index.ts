export { useQueryClient } from "./context.ts";
export { MachoProvider, type MachoProviderProps } from "./provider.ts";
export { type Idle, useCachedQuery } from "./use-cached-query.ts";
