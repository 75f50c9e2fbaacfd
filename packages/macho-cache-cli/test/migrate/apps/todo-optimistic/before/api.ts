import type { NewTodo, Todo } from "./types";

async function json<T>(response: Response): Promise<T> {
  if (!response.ok) throw new Error(`The server said ${response.status}`);
  return (await response.json()) as T;
}

export const fetchTodos = async (): Promise<Todo[]> => json(await fetch("/api/todos"));

export const createTodo = async (todo: NewTodo): Promise<Todo> =>
  json(await fetch("/api/todos", { method: "POST", body: JSON.stringify(todo) }));

export const toggleTodo = async (todo: Todo): Promise<Todo> =>
  json(await fetch(`/api/todos/${todo.id}`, { method: "PUT", body: JSON.stringify({ ...todo, done: !todo.done }) }));
