import { QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { HttpError } from "./api";
import { Account } from "./account";
import { failures, Failures } from "./failures";

const client = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => failures.add(`${String(query.queryKey[0])}: ${error.message}`),
  }),
  defaultOptions: {
    queries: {
      retry: (count, error) => !(error instanceof HttpError) && count < 2,
      gcTime: 10 * 60 * 1000,
    },
  },
});

export const App = () => (
  <QueryClientProvider client={client}>
    <Failures />
    <Account />
  </QueryClientProvider>
);
