import type { FilmDetail, FilmPage, Genre } from "./server/catalog.ts";
import type { Controls } from "./server/traffic.ts";

export interface FilmFilter {
  readonly search: string;
  readonly genre: string;
  readonly page: number;
}

export type FilmsKey = readonly ["films", FilmFilter];
export type FilmKey = readonly ["film", number];
export const genresKey = ["genres"] as const;

/** How long an answer is shown without asking again, in ms. Films do not change often. */
export const STALE_TIME = 60_000;

export const PAGE_SIZE = 12;

interface FetchContext {
  readonly signal: AbortSignal;
}

/** An answer of the server that is not the asked one. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = "ApiError";
    this.status = status;
  }
}

export function filmsKey(filter: FilmFilter): FilmsKey {
  return ["films", filter];
}

export function filmKey(id: number): FilmKey {
  return ["film", id];
}

export function fetchFilms([, filter]: FilmsKey, { signal }: FetchContext): Promise<FilmPage> {
  const { search, genre, page } = filter;
  const query = new URLSearchParams({ search, genre, page: String(page), pageSize: String(PAGE_SIZE) });
  return request<FilmPage>(`/api/films?${query}`, { signal });
}

export function fetchFilm([, id]: FilmKey, { signal }: FetchContext): Promise<FilmDetail> {
  return request<FilmDetail>(`/api/films/${id}`, { signal });
}

export function fetchGenres(_key: typeof genresKey, { signal }: FetchContext): Promise<readonly Genre[]> {
  return request<readonly Genre[]>("/api/genres", { signal });
}

export function setControls(controls: Partial<Controls>): Promise<unknown> {
  return request("/api/controls", { method: "POST", body: JSON.stringify(controls) });
}

export function resetTraffic(): Promise<unknown> {
  return request("/api/reset", { method: "POST" });
}

async function request<T>(url: string, init: RequestInit): Promise<T> {
  const response = await fetch(url, init);
  const body: unknown = await response.json();
  // The server is this example's own, in ./server, and shares its types.
  if (response.ok) return body as T;
  throw new ApiError(response.status, (body as { error: string }).error);
}
