import type { ReactElement } from "react";
import { filmHref } from "../router.ts";
import type { RelatedFilms } from "../server/catalog.ts";

export function Related({ groups }: { groups: readonly RelatedFilms[] }): ReactElement {
  return (
    <div className="related">
      {groups.map(({ because, name, films }) => (
        <section key={because}>
          <h2>{because === "director" ? `More by ${name}` : `More in ${name}`}</h2>
          <ul>
            {films.map(({ id, title, year }) => (
              <li key={id}>
                <a href={filmHref(id)}>{title}</a> <span>{year}</span>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
