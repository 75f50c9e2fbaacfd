import { useCachedQuery } from "macho-cache/react";
import type { ReactElement } from "react";
import { fetchFilm, filmKey, STALE_TIME } from "../api.ts";
import { Failure } from "../components/failure.tsx";
import { Figures } from "../components/figures.tsx";
import { Freshness } from "../components/freshness.tsx";
import { Related } from "../components/related.tsx";
import { Skeleton } from "../components/skeleton.tsx";
import type { FilmDetail } from "../server/catalog.ts";

const day = new Intl.DateTimeFormat("en", { dateStyle: "long", timeZone: "UTC" });

export function DetailPage({ id, listHref }: { id: number; listHref: string }): ReactElement {
  const film = useCachedQuery(filmKey(id), fetchFilm, { staleTime: STALE_TIME });
  return (
    <>
      <div className="result-line">
        <a className="back" href={listHref}>
          All films
        </a>
        <Freshness updatedAt={film.dataUpdatedAt} isFetching={film.isFetching} onRefresh={() => void film.refetch()} />
      </div>
      {film.isError && <Failure error={film.error} onRetry={() => void film.refetch()} />}
      {film.data !== undefined && <FilmArticle film={film.data} />}
      {film.isPending && <Skeleton rows={6} />}
    </>
  );
}

function FilmArticle({ film }: { film: FilmDetail }): ReactElement {
  return (
    <article className="film">
      <title>{`${film.title} - Film explorer`}</title>
      <header>
        <h1>{film.title}</h1>
        <p>{subtitle(film)}</p>
      </header>
      <Figures film={film} />
      <Facts film={film} />
      <Related groups={film.related} />
    </article>
  );
}

function Facts({ film }: { film: FilmDetail }): ReactElement {
  const facts = [
    ["Released", day.format(new Date(film.released))],
    ["Distributor", film.distributor],
    ["Source", film.source],
    ["Kind", film.creativeType],
  ] as const;
  return (
    <dl className="facts">
      {facts.map(([name, value]) =>
        value === null ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ),
      )}
    </dl>
  );
}

function subtitle({ year, certificate, minutes, genre, director }: FilmDetail): string {
  const parts = [year, genre, certificate, minutes === null ? null : `${minutes} min`, director];
  return parts.filter((part) => part !== null).join(" · ");
}
