import { type Context, createContext, useContext } from "react";
import type { QueryClient } from "../query/index.ts";
import { MachoError } from "../query/internal.ts";
import type { Resets } from "./resets.ts";

/** The client and the resets around a hook. They share one context, since each context that a component reads costs. */
export interface Surroundings {
  /** Of the nearest `<MachoProvider>`. */
  readonly client: QueryClient | undefined;
  /** Of the nearest `<QueryErrorResetBoundary>`, or else of the provider. */
  readonly place: ResetPlace;
}

/** Where the resets of error boundaries are kept. */
export interface ResetPlace {
  /** A provider makes its own when somebody asks for them. */
  resets: Resets | undefined;
  /** Whether a boundary made them. They count for a provider inside of it, too. */
  readonly isBounded: boolean;
}

/** The nearest client and resets. */
export const MachoContext: Context<Surroundings | null> = createContext<Surroundings | null>(null);

/** The client of the surrounding provider. @throws MachoError "no-provider" outside of one */
export function useQueryClient(): QueryClient {
  return clientOf(useContext(MachoContext));
}

/** @throws MachoError "no-provider" where there is none */
export function clientOf(surroundings: Surroundings | null): QueryClient {
  if (surroundings?.client) return surroundings.client;
  const remedy =
    "Wrap the app in <MachoProvider>. If it is, the app holds two copies of macho-cache: `npm ls macho-cache` names them.";
  throw new MachoError("no-provider", `A hook was used outside of a provider, got no client. ${remedy}`);
}
