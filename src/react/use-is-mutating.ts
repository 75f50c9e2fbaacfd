import { isMutating, type MutationFilter, mutationsOf } from "../query/index.ts";
import { useQueryClient } from "./context.ts";
import { useMutations } from "./use-mutations.ts";

/** How many mutations of this client are pending, also those that wait for the network or for others. */
export function useIsMutating(filters: MutationFilter = {}): number {
  const client = useQueryClient();
  return useMutations(mutationsOf(client), () => isMutating(client, filters), 0);
}
