import { createRouter } from "@tanstack/react-router";
import { MachoDevtools } from "macho-cache/devtools";
import { dehydrate, hydrate, MachoProvider, QueryClient } from "macho-cache/react";
import { routeTree } from "./routeTree.gen.ts";

/** Called once for each request on the server, and once in the page. So each has a client of its own. */
export function getRouter() {
  const client = new QueryClient();
  return createRouter({
    routeTree,
    context: { client },
    // The server sends what loaders have loaded, and what is under way. The page takes it over before it renders.
    dehydrate: () => ({ state: dehydrate(client, { pending: true }) }),
    hydrate: ({ state }) => hydrate(client, state),
    Wrap: ({ children }) => (
      <MachoProvider client={client}>
        {children}
        <MachoDevtools />
      </MachoProvider>
    ),
  });
}
