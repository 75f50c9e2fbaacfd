import type { Film } from "./films.ts";

export interface FilmSearch {
  readonly search: string;
  readonly genre: string;
  readonly page: number;
  readonly pageSize: number;
}

export type FilmRow = Pick<Film, "id" | "title" | "year" | "genre" | "director" | "imdb">;

export interface FilmPage {
  readonly films: readonly FilmRow[];
  readonly total: number;
  readonly page: number;
  readonly pageCount: number;
}

export interface RelatedFilms {
  readonly because: "director" | "genre";
  readonly name: string;
  readonly films: readonly Pick<Film, "id" | "title" | "year">[];
}

export interface FilmDetail extends Film {
  readonly related: readonly RelatedFilms[];
}

export interface Genre {
  readonly name: string;
  readonly count: number;
}

const RELATED = 6;

/** The films, and the three questions that can be asked about them. */
export class Catalog {
  readonly #films: readonly Film[];
  readonly #byId: ReadonlyMap<number, Film>;

  constructor(films: readonly Film[]) {
    this.#films = films;
    this.#byId = new Map(films.map((film) => [film.id, film]));
  }

  /** One page of the films that match. A page past the end is empty, and says how many there are. */
  search({ search, genre, page, pageSize }: FilmSearch): FilmPage {
    const words = fold(search).split(/\s+/);
    const found = this.#films.filter(
      (film) => (genre === "" || film.genre === genre) && words.every((word) => searchable(film).includes(word)),
    );
    return {
      films: found.slice((page - 1) * pageSize, page * pageSize).map(toRow),
      total: found.length,
      page,
      pageCount: Math.max(1, Math.ceil(found.length / pageSize)),
    };
  }

  detail(id: number): FilmDetail | undefined {
    const film = this.#byId.get(id);
    if (film === undefined) return undefined;
    const related = [this.#related(film, "director"), this.#related(film, "genre")];
    return { ...film, related: related.filter((group) => group !== undefined) };
  }

  genres(): readonly Genre[] {
    const counts = new Map<string, number>();
    for (const { genre } of this.#films) {
      if (genre !== null) counts.set(genre, (counts.get(genre) ?? 0) + 1);
    }
    return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => a.name.localeCompare(b.name));
  }

  /** The best known others of the same director or genre. */
  #related(film: Film, because: RelatedFilms["because"]): RelatedFilms | undefined {
    const name = film[because];
    if (name === null) return undefined;
    const films = this.#films
      .filter((other) => other[because] === name && other.id !== film.id)
      .sort((a, b) => (b.votes ?? 0) - (a.votes ?? 0))
      .slice(0, RELATED)
      .map(({ id, title, year }) => ({ id, title, year }));
    return films.length === 0 ? undefined : { because, name, films };
  }
}

function toRow({ id, title, year, genre, director, imdb }: Film): FilmRow {
  return { id, title, year, genre, director, imdb };
}

function searchable(film: Film): string {
  return fold(`${film.title} ${film.director ?? ""}`);
}

/** Without case and accents, so that "amelie" finds "Amélie". */
function fold(text: string): string {
  return text
    .normalize("NFD")
    .replace(/\p{Mark}/gu, "")
    .toLowerCase()
    .trim();
}
