import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { AddTodo } from "./add-todo";
import { TodoList } from "./todo-list";

const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 30_000, retry: false },
    mutations: { retry: 0 },
  },
});

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <h1>Todos</h1>
      <AddTodo />
      <TodoList />
    </QueryClientProvider>
  );
}
