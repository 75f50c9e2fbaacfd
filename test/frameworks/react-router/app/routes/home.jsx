import { dehydrate, QueryClient } from "macho-cache/query";
import { HydrationBoundary } from "macho-cache/react";
import { Films } from "../../shared/films.jsx";
import { filmOptions, votesOptions } from "../../shared/films.js";

export async function loader() {
  const client = new QueryClient();
  await Promise.all([client.prefetchQuery(filmOptions(1)), client.prefetchQuery(votesOptions)]);
  return { state: dehydrate(client) };
}

export default function Home({ loaderData }) {
  return (
    <HydrationBoundary state={loaderData.state}>
      <Films />
    </HydrationBoundary>
  );
}
