import { useState } from "react";
import { type DehydratedState, HydrationBoundary, QueryClientProvider } from "@tanstack/react-query";
import { createClient } from "./create-client";
import { Page } from "./page";

/** On the server and in the page. */
export function App({ state }: { state?: DehydratedState }) {
  const [queryClient] = useState(createClient);
  return (
    <QueryClientProvider client={queryClient}>
      <HydrationBoundary state={state}>
        <Page />
      </HydrationBoundary>
    </QueryClientProvider>
  );
}
