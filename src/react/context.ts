import { type Context, createContext, useContext } from "react";
import type { QueryClient } from "../query/index.ts";
import { MachoError } from "../query/internal.ts";
import type { Resets } from "./resets.ts";

/** What surrounds a hook: one context for all, since each that a component reads costs. */
export interface Surroundings {
  /** Of the nearest `<MachoProvider>`. */
  readonly client: QueryClient | undefined;
  /** Of the nearest `<QueryErrorResetBoundary>`, or else of the provider. */
  readonly place: ResetPlace;
}

/** Where the resets of error boundaries are kept. */
export interface ResetPlace {
  /** Those of a provider are made when somebody asks for them. */
  resets: Resets | undefined;
  /** Whether they are those of a boundary, which also counts for a provider inside of it. */
  readonly isBounded: boolean;
}

/** What the nearest providers give. */
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
