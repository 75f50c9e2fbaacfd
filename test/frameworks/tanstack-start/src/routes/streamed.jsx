import { createFileRoute } from "@tanstack/react-router";
import { Suspense } from "react";
import { Films } from "../../shared/films.jsx";
import { filmOptions, votesOptions } from "../../shared/films.js";
import { LateFilm } from "../../shared/late-film.jsx";

export const Route = createFileRoute("/streamed")({
  /** Waits for one film, and begins the load of another one without waiting. */
  async loader({ context: { client } }) {
    void client.prefetchQuery(filmOptions(9));
    await Promise.all([client.prefetchQuery(filmOptions(1)), client.prefetchQuery(votesOptions)]);
  },
  component: Streamed,
});

function Streamed() {
  return (
    <>
      <Films />
      <Suspense fallback={<p id="late">A film is on its way</p>}>
        <LateFilm id={9} />
      </Suspense>
    </>
  );
}
