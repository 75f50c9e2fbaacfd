import { type Context, createContext, useContext } from "react";
import { MachoError } from "../core/index.ts";
import type { QueryClient } from "../query/index.ts";

/** The client of the nearest `<MachoProvider>`. */
export const MachoContext: Context<QueryClient | null> = createContext<QueryClient | null>(null);

/** The client of the surrounding provider. @throws MachoError "no-provider" outside of one */
export function useQueryClient(): QueryClient {
  const client = useContext(MachoContext);
  if (client) return client;
  const message =
    "A hook of macho-cache was used outside of a provider, got no client. Wrap the app in <MachoProvider>.";
  throw new MachoError("no-provider", message);
}
