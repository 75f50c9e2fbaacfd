import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

export interface Film {
  readonly id: number;
  readonly title: string;
  readonly year: number;
  /** As `1998-06-12`. */
  readonly released: string;
  readonly genre: string | null;
  readonly director: string | null;
  readonly distributor: string | null;
  readonly source: string | null;
  readonly creativeType: string | null;
  readonly certificate: string | null;
  readonly minutes: number | null;
  /** US dollars. `null` where the data set has nothing or 0. */
  readonly budget: number | null;
  readonly usGross: number | null;
  readonly worldwideGross: number | null;
  /** Per cent. */
  readonly tomatoes: number | null;
  /** Out of 10. */
  readonly imdb: number | null;
  readonly votes: number | null;
}

type RawFilm = Readonly<Record<string, unknown>>;

/** The data set knows no release after this one; a later year is a two-digit one read in the wrong century. */
const LAST_YEAR = 2011;

/** Some titles were Latin-1 and got read as Mac Roman: each character as it was read, and as it was meant. */
const MISREAD: ReadonlyMap<string, string> = new Map(
  "Èé Íê Ëè Îë ‰ä ‡à ·á Ûó Ùô ˘ù Ö… Ω½".split(" ").map((pair) => [pair.charAt(0), pair.charAt(1)]),
);

/** The 3,200 titled films of the data set, cleaned, in order of their title. An id is a row number, so it never changes. */
export function readFilms(): readonly Film[] {
  const entry = pathToFileURL(createRequire(import.meta.url).resolve("vega-datasets"));
  const json = readFileSync(new URL("../data/movies.json", entry), "utf8");
  const rows = JSON.parse(json) as readonly RawFilm[];
  const order = new Intl.Collator("en", { numeric: true });
  return rows
    .map((row, index) => cleanFilm(row, index + 1))
    .filter((film) => film !== undefined)
    .sort((a, b) => order.compare(a.title, b.title));
}

function cleanFilm(row: RawFilm, id: number): Film | undefined {
  const title = cleanTitle(row["Title"]);
  if (title === undefined) return undefined;
  const released = cleanDate(row["Release Date"]);
  return {
    id,
    title,
    released,
    year: Number(released.slice(0, 4)),
    genre: text(row["Major Genre"]),
    director: text(row["Director"]),
    distributor: text(row["Distributor"]),
    source: text(row["Source"]),
    creativeType: text(row["Creative Type"]),
    certificate: text(row["MPAA Rating"]),
    minutes: amount(row["Running Time min"]),
    budget: amount(row["Production Budget"]),
    usGross: amount(row["US Gross"]),
    worldwideGross: amount(row["Worldwide Gross"]),
    tomatoes: score(row["Rotten Tomatoes Rating"]),
    imdb: score(row["IMDB Rating"]),
    votes: amount(row["IMDB Votes"]),
  };
}

/** Titles such as 300 and 1941 are numbers in the source, and a few have their article at the end. */
function cleanTitle(value: unknown): string | undefined {
  if (typeof value !== "string" && typeof value !== "number") return undefined;
  const read = String(value).replace(/[^\x20-\x7e]/g, (character) => MISREAD.get(character) ?? character);
  const spaced = read.replace(/\s+/g, " ").trim();
  return spaced.endsWith(", The") ? `The ${spaced.slice(0, -", The".length)}` : spaced;
}

function cleanDate(value: unknown): string {
  const date = new Date(`${String(value)} UTC`);
  if (date.getUTCFullYear() > LAST_YEAR) date.setUTCFullYear(date.getUTCFullYear() - 100);
  return date.toISOString().slice(0, 10);
}

function text(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}

function score(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}

function amount(value: unknown): number | null {
  return typeof value === "number" && value > 0 ? value : null;
}
