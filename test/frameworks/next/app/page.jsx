import { dehydrate, QueryClient } from "macho-cache/query";
import { HydrationBoundary } from "macho-cache/react";
import { connection } from "next/server";
import { Films } from "../shared/films.jsx";
import { filmOptions, votesOptions } from "../shared/films.js";

/** Loads before it renders. */
export default async function Page() {
  await connection();
  const client = new QueryClient();
  await Promise.all([client.prefetchQuery(filmOptions(1)), client.prefetchQuery(votesOptions)]);
  return (
    <HydrationBoundary state={dehydrate(client)}>
      <Films />
    </HydrationBoundary>
  );
}
