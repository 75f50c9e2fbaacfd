import { QueryClientProvider } from "@tanstack/react-query";
import { Basket } from "./basket";
import { queryClient } from "./query-client";

export const App = () => (
  <QueryClientProvider client={queryClient}>
    <Basket />
  </QueryClientProvider>
);
