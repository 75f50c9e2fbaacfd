import { QueryCache, QueryClient, QueryClientProvider, useIsFetching } from "@tanstack/react-query";
import { Suspense, useState } from "react";
import { BookList } from "./book-list";
import { BookView } from "./book-view";
import { Retry } from "./retry";

const failures: string[] = [];

const client = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => failures.push(`${String(query.queryKey[0])}: ${error.message}`),
  }),
  defaultOptions: {
    queries: { staleTime: 20_000, gcTime: 10 * 60_000, retry: (count, error) => count < 2 && !error.message.endsWith("500") },
  },
});

function Busy() {
  return <i>{useIsFetching() > 0 ? "busy" : "idle"}</i>;
}

export function App() {
  const [id, open] = useState<number>();
  return (
    <QueryClientProvider client={client}>
      <Busy />
      <BookList open={open} />
      {id !== undefined && (
        <Retry key={id}>
          <Suspense fallback={<p>Opening</p>}>
            <BookView id={id} />
          </Suspense>
        </Retry>
      )}
    </QueryClientProvider>
  );
}
