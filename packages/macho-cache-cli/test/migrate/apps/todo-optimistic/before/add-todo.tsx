import { useState } from "react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { createTodo } from "./api";
import type { NewTodo, Todo } from "./types";
import { todosKey } from "./use-todos";

export function AddTodo() {
  const [title, setTitle] = useState("");
  const client = useQueryClient();
  const { mutate, isPending } = useMutation<Todo, Error, NewTodo>({
    mutationFn: createTodo,
    onSuccess: (todo) => {
      client.setQueryData<Todo[]>(todosKey, (old = []) => [...old, todo]);
    },
  });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        mutate({ title }, { onSuccess: () => setTitle("") });
      }}
    >
      <input aria-label="title" value={title} onChange={({ target }) => setTitle(target.value)} />
      <button type="submit" disabled={isPending}>
        Add
      </button>
    </form>
  );
}
