import type { Connect, Plugin } from "vite";
import { onNode } from "./node.ts";
import { readFilms } from "./films.ts";
import { createApi } from "./routes.ts";

/** Serves the films under `/api/`, both by `vite` and by `vite preview`. */
export function api(): Plugin {
  return {
    name: "explorer-api",
    configureServer: (server) => void server.middlewares.use(middleware()),
    configurePreviewServer: (server) => void server.middlewares.use(middleware()),
  };
}

function middleware(): Connect.NextHandleFunction {
  const answer = onNode(createApi(readFilms()));
  // A mount path of "/api" would take the module /api.ts as well.
  return (request, response, next) => (request.url?.startsWith("/api/") ? answer(request, response) : next());
}
