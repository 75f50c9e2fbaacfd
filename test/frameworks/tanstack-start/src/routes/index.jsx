import { createFileRoute } from "@tanstack/react-router";
import { Films } from "../../shared/films.jsx";
import { filmOptions, votesOptions } from "../../shared/films.js";

export const Route = createFileRoute("/")({
  /** Runs on the server for the first page, and in the browser for the next ones. */
  async loader({ context: { client } }) {
    await Promise.all([client.prefetchQuery(filmOptions(1)), client.prefetchQuery(votesOptions)]);
  },
  component: Films,
});
