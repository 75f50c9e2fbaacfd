import { HydrationBoundary } from "macho-cache/react";
import { Films } from "../shared/films.jsx";
import { Providers } from "../shared/providers.jsx";

/** One island: it has a client of its own, and begins with what the page loaded for it. */
export function Island({ state }) {
  return (
    <Providers>
      <HydrationBoundary state={state}>
        <Films />
      </HydrationBoundary>
    </Providers>
  );
}
