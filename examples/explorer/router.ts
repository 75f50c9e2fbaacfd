import { useMemo, useSyncExternalStore } from "react";
import type { FilmFilter } from "./api.ts";

export type Route =
  | { readonly page: "films"; readonly filter: FilmFilter }
  | { readonly page: "film"; readonly id: number }
  | { readonly page: "faults"; readonly id: string };

const listeners = new Set<() => void>();

/**
 * The page that the address names: `#/films?search=star&page=2`, `#/films/12`, `#/faults/short-ttl`. Anything else is
 * the list.
 */
export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => location.hash);
  return useMemo(() => parseRoute(hash), [hash]);
}

export function filmsHref({ search, genre, page }: FilmFilter): string {
  const given = Object.entries({ search, genre, page: page === 1 ? "" : String(page) }).filter(
    ([, value]) => value !== "",
  );
  return given.length === 0 ? "#/films" : `#/films?${new URLSearchParams(given)}`;
}

export function filmHref(id: number): string {
  return `#/films/${id}`;
}

export function faultHref(id?: string): string {
  return id === undefined ? "#/faults" : `#/faults/${id}`;
}

/** Changes the address in place: typing leaves no step to go back through. */
export function replaceRoute(href: string): void {
  history.replaceState(history.state, "", href);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("hashchange", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("hashchange", listener);
  };
}

function parseRoute(hash: string): Route {
  const film = /^#\/films\/(\d{1,9})$/.exec(hash);
  if (film?.[1] !== undefined) return { page: "film", id: Number(film[1]) };
  const fault = /^#\/faults(?:\/([a-z-]+))?$/.exec(hash);
  if (fault) return { page: "faults", id: fault[1] ?? "" };
  const query = new URLSearchParams(hash.split("?")[1]);
  const page = Math.max(1, Math.floor(Number(query.get("page"))) || 1);
  return { page: "films", filter: { search: query.get("search") ?? "", genre: query.get("genre") ?? "", page } };
}
