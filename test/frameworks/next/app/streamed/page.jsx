import { dehydrate, HydrationBoundary, QueryClient } from "macho-cache/react";
import { connection } from "next/server";
import { Suspense } from "react";
import { Films } from "../../shared/films.jsx";
import { filmOptions, votesOptions } from "../../shared/films.js";
import { LateFilm } from "../../shared/late-film.jsx";

/** Waits for one film, and sends the load of another one along while it is under way. */
export default async function Page() {
  await connection();
  const client = new QueryClient();
  void client.prefetchQuery(filmOptions(9));
  await Promise.all([client.prefetchQuery(filmOptions(1)), client.prefetchQuery(votesOptions)]);
  return (
    <HydrationBoundary state={dehydrate(client, { pending: true })}>
      <Films />
      <Suspense fallback={<p id="late">A film is on its way</p>}>
        <LateFilm id={9} />
      </Suspense>
    </HydrationBoundary>
  );
}
