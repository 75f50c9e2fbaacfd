import { useCachedQuery } from "macho-cache/react";
import type { ReactElement } from "react";
import { fetchGenres, type FilmFilter, genresKey } from "../api.ts";
import { filmsHref, replaceRoute } from "../router.ts";

/** The filter lives in the address: it survives a reload, and the way back from a film. */
export function SearchForm({ filter }: { filter: FilmFilter }): ReactElement {
  const { data: genres } = useCachedQuery(genresKey, fetchGenres, { staleTime: Infinity });

  function change(part: Partial<FilmFilter>): void {
    replaceRoute(filmsHref({ ...filter, ...part, page: 1 }));
  }

  return (
    <search className="search-form">
      <label>
        <span>Title or director</span>
        <input
          type="search"
          placeholder="Search 3,200 films"
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={filter.search}
          onChange={(event) => change({ search: event.target.value })}
        />
      </label>
      <label>
        <span>Genre</span>
        <select value={filter.genre} onChange={(event) => change({ genre: event.target.value })}>
          <option value="">All genres</option>
          {genres?.map(({ name, count }) => (
            <option key={name} value={name}>
              {name} ({count})
            </option>
          ))}
        </select>
      </label>
    </search>
  );
}
