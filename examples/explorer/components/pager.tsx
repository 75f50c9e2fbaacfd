import type { ReactElement } from "react";
import type { FilmFilter } from "../api.ts";
import { filmsHref } from "../router.ts";

export function Pager({ filter, pageCount }: { filter: FilmFilter; pageCount: number }): ReactElement {
  const { page } = filter;
  return (
    <nav className="pager" aria-label="Pages of the list">
      <PagerLink label="Previous" filter={{ ...filter, page: Math.min(page - 1, pageCount) }} enabled={page > 1} />
      <span>
        Page {page.toLocaleString("en")} of {pageCount.toLocaleString("en")}
      </span>
      <PagerLink label="Next" filter={{ ...filter, page: page + 1 }} enabled={page < pageCount} />
    </nav>
  );
}

interface PagerLinkProps {
  readonly label: string;
  readonly filter: FilmFilter;
  readonly enabled: boolean;
}

function PagerLink({ label, filter, enabled }: PagerLinkProps): ReactElement {
  if (!enabled)
    return (
      <span className="button" aria-hidden="true">
        {label}
      </span>
    );
  return (
    <a className="button" href={filmsHref(filter)}>
      {label}
    </a>
  );
}
