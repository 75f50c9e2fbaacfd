import { QueryClient } from "macho-cache/query";
import { renderToPipeableStream } from "react-dom/server";
import { Page } from "./page.jsx";
import { filmOptions, votesOptions } from "./shared/films.js";

/** Sends a page: its shell has a film and the votes. */
export async function render(path, response, bootstrapModules) {
  const client = new QueryClient();
  response.once("close", () => client.dispose());
  await Promise.all([client.prefetchQuery(filmOptions(1)), client.prefetchQuery(votesOptions)]);
  response.setHeader("content-type", "text/html; charset=utf-8");
  const { pipe } = renderToPipeableStream(<Page client={client} path={path} />, {
    bootstrapModules,
    onShellReady: () => pipe(response),
  });
}
