import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toggleTodo } from "./api";
import type { Todo } from "./types";
import { todosKey, useTodos } from "./use-todos";

export function TodoList() {
  const { data: todos, isPending, isError, error } = useTodos();
  const client = useQueryClient();
  const toggle = useMutation({
    mutationFn: toggleTodo,
    // Optimistic: shown at once, taken back when the server refuses.
    onMutate: async (todo) => {
      await client.cancelQueries({ queryKey: todosKey });
      const before = client.getQueryData<Todo[]>(todosKey);
      client.setQueryData<Todo[]>(todosKey, (old) =>
        old?.map((each) => (each.id === todo.id ? { ...each, done: !each.done } : each)),
      );
      return { before };
    },
    onError: (_error, _todo, context) => {
      client.setQueryData(todosKey, context?.before);
    },
    onSettled: () => client.invalidateQueries({ queryKey: todosKey }),
  });

  if (isPending) return <p>Loading...</p>;
  if (isError) return <p role="alert">{error.message}</p>;
  return (
    <ul>
      {todos.map((todo) => (
        <li key={todo.id}>
          <button type="button" onClick={() => toggle.mutate(todo)}>
            {todo.done ? "[x]" : "[ ]"} {todo.title}
          </button>
        </li>
      ))}
      {toggle.error !== null && <li role="alert">Not saved: {toggle.error.message}</li>}
    </ul>
  );
}
