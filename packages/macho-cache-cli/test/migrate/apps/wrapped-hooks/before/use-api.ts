import {
  useMutation as useWrite,
  useQuery as useRead,
  useQueryClient,
  type QueryKey,
  type UseMutationResult,
  type UseQueryResult,
} from "@tanstack/react-query";
import { ApiError, send } from "./send";

/** Reads a path of the server. */
export function useApi<T>(path: string): UseQueryResult<T, Error> {
  return useRead<T>({ queryKey: ["api", path], queryFn: ({ signal }) => send<T>(path, { signal }) });
}

/** Reads a path whose failure has a status. */
export function useStrictApi<T>(path: string) {
  return useRead<T, ApiError>({ queryKey: ["strict", path], queryFn: () => send<T>(path) });
}

/** Writes to a path of the server, and loads what depends on it. */
export function useSend<T, Body>(path: string, changes: QueryKey): UseMutationResult<T, Error, Body> {
  const client = useQueryClient();
  return useWrite({
    mutationFn: (body: Body) => send<T>(path, { method: "PUT", body: JSON.stringify(body) }),
    onSettled: () => client.invalidateQueries({ queryKey: changes, refetchType: "active" }),
  });
}
