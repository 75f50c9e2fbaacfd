import { useQuery } from "@tanstack/react-query";
import { fetchTodos } from "./api";

/** The key of the list. */
export const todosKey = ["todos"] as const;

export function useTodos() {
  return useQuery({
    queryKey: todosKey,
    queryFn: fetchTodos, // takes nothing
    select: (todos) => [...todos].sort((a, b) => a.id - b.id),
  });
}
