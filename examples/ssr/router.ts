import { type MouseEvent, useSyncExternalStore } from "react";
import { countriesKey, countryKey, visitorKey } from "./keys.ts";

export type Route = { readonly page: "list" } | { readonly page: "country"; readonly name: string };

const COUNTRY = /^\/countries\/([^/]+)$/;
const listeners = new Set<() => void>();

/** The page that a path names; `undefined` for none. */
export function routeOf(path: string): Route | undefined {
  const name = COUNTRY.exec(path)?.[1];
  if (name !== undefined) return { page: "country", name: decoded(name) };
  return path === "/" ? { page: "list" } : undefined;
}

/** What the first part of a page shows, and so is loaded before it is rendered. */
export function keysOf(route: Route | undefined): (readonly string[])[] {
  if (route === undefined) return [visitorKey];
  return [visitorKey, route.page === "list" ? countriesKey : countryKey(route.name)];
}

/** The path of the address. @param first the one that the page was asked for with, which a server knows as well */
export function usePath(first: string): string {
  return useSyncExternalStore(
    subscribe,
    () => location.pathname,
    () => first,
  );
}

export function countryHref(name: string): string {
  return `/countries/${encodeURIComponent(name)}`;
}

/** Goes to another page of the app without leaving it; other clicks are the browser's. */
export function follow(event: MouseEvent<HTMLAnchorElement>): void {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  history.pushState(undefined, "", event.currentTarget.href);
  for (const listener of listeners) listener();
  scrollTo(0, 0);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  addEventListener("popstate", listener);
  return () => {
    listeners.delete(listener);
    removeEventListener("popstate", listener);
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
