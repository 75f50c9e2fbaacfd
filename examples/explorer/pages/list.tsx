import { useCachedQuery } from "macho-cache/react";
import { type ReactElement, useState } from "react";
import { fetchFilms, type FilmFilter, filmsKey, STALE_TIME } from "../api.ts";
import { Failure } from "../components/failure.tsx";
import { FilmList } from "../components/film-list.tsx";
import { Freshness } from "../components/freshness.tsx";
import { Pager } from "../components/pager.tsx";
import { SearchForm } from "../components/search-form.tsx";
import { Skeleton } from "../components/skeleton.tsx";

export interface ListPageProps {
  readonly filter: FilmFilter;
  readonly prefetches: boolean;
}

/** Each keystroke is a key of its own: a search that was typed before is there at once, an outdated one is cancelled. */
export function ListPage({ filter, prefetches }: ListPageProps): ReactElement {
  const key = filmsKey({ ...filter, search: filter.search.trim() });
  const films = useCachedQuery(key, fetchFilms, { staleTime: STALE_TIME });
  const shown = useLatest(films.data);
  const failed = films.isError && films.data === undefined;
  return (
    <>
      <title>Film explorer</title>
      <h1 className="hidden">Films</h1>
      <SearchForm filter={filter} />
      <div className="result-line">
        <p role="status">{failed || shown === undefined ? "" : countFilms(shown.total)}</p>
        <Freshness
          updatedAt={films.dataUpdatedAt}
          isFetching={films.isFetching}
          onRefresh={() => void films.refetch()}
        />
      </div>
      {films.isError && <Failure error={films.error} onRetry={() => void films.refetch()} />}
      {!failed && (
        <div className={films.isPending ? "results outdated" : "results"} aria-busy={films.isPending}>
          {shown === undefined ? <Skeleton /> : <FilmList films={shown.films} prefetches={prefetches} />}
          {shown !== undefined && <Pager filter={filter} pageCount={shown.pageCount} />}
        </div>
      )}
    </>
  );
}

/** The newest answer, whatever it answered: an earlier list stays in sight until the asked one is there. */
function useLatest<T>(data: T | undefined): T | undefined {
  const [latest, setLatest] = useState(data);
  if (data !== undefined && data !== latest) setLatest(data);
  return data ?? latest;
}

function countFilms(total: number): string {
  if (total === 0) return "No film matches";
  return total === 1 ? "1 film" : `${total.toLocaleString("en")} films`;
}
