import { Suspense, useState } from "react";
import { QueryClientProvider, QueryErrorResetBoundary } from "@tanstack/react-query";
import { client } from "./client";
import { Details } from "./details";
import { ErrorBoundary } from "./error-boundary";
import { FilmList } from "./film-list";

export function App() {
  const [id, setId] = useState<number>();
  return (
    <QueryClientProvider client={client}>
      <FilmList onPick={setId} />
      <QueryErrorResetBoundary>
        {({ reset }) => (
          <ErrorBoundary onReset={reset}>
            <Suspense fallback={<p>Loading the film</p>}>{id === undefined ? null : <Details id={id} />}</Suspense>
          </ErrorBoundary>
        )}
      </QueryErrorResetBoundary>
    </QueryClientProvider>
  );
}
