import { persist, type Persistence } from "macho-cache/persist";
import type { QueryClient } from "macho-cache/query";
import { type CacheSize, createClient } from "./client.ts";

/** A client, and what keeps its answers beyond the page. */
export interface Session {
  readonly client: QueryClient;
  readonly persistence: Persistence | undefined;
}

/** Whose answers they are. An app with accounts passes the id of the user, so that nobody sees those of another one. */
const SCOPE = "visitor";

/**
 * A new client of that size, persisted or not. It is persisted before the first hook asks it: a load that began before
 * would not look into the storage.
 */
export function openSession(size: CacheSize, isKept: boolean): Session {
  const client = createClient(size);
  return { client, persistence: isKept ? persist(client, { scope: SCOPE }) : undefined };
}

/** Where the choice is remembered. The answers themselves are in IndexedDB. */
const CHOICE = "film-explorer:keeps-answers";

export function keepsAnswers(): boolean {
  try {
    return localStorage.getItem(CHOICE) === "yes";
  } catch {
    return false;
  }
}

/** A page that may store nothing forgets the choice with the page. */
export function rememberChoice(isOn: boolean): void {
  try {
    localStorage.setItem(CHOICE, isOn ? "yes" : "no");
  } catch {
    // The switch works all the same.
  }
}
