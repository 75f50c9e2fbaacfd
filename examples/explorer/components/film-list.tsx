import { useQueryClient } from "macho-cache/react";
import type { ReactElement } from "react";
import { fetchFilm, filmKey, STALE_TIME } from "../api.ts";
import { filmHref } from "../router.ts";
import type { FilmRow } from "../server/catalog.ts";

export function FilmList({ films, prefetches }: { films: readonly FilmRow[]; prefetches: boolean }): ReactElement {
  const client = useQueryClient();

  function prefetch(id: number): void {
    if (prefetches) void client.prefetchQuery(filmKey(id), fetchFilm, { staleTime: STALE_TIME });
  }

  return (
    <ol className="film-list" aria-label="Films">
      {films.map((film) => (
        <li key={film.id}>
          <a href={filmHref(film.id)} onMouseEnter={() => prefetch(film.id)} onFocus={() => prefetch(film.id)}>
            <span className="film-title">{film.title}</span>
            <span className="film-facts">
              {[film.year, film.genre, film.director].filter((fact) => fact !== null).join(" · ")}
            </span>
            {film.imdb !== null && (
              <span className="film-score" title="IMDB rating, out of 10">
                {film.imdb.toFixed(1)}
              </span>
            )}
          </a>
        </li>
      ))}
    </ol>
  );
}
