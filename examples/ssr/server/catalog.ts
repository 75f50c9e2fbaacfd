import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import type { Country, CountryRow, Figures } from "../keys.ts";

interface RawRow {
  readonly year: number;
  readonly country: string;
  /** A number for the region. */
  readonly cluster: number;
  readonly pop: number;
  readonly life_expect: number;
  readonly fertility: number;
}

interface Entry {
  readonly region: number;
  readonly figures: Figures[];
}

/** 62 countries from 1955 to 2005, of the data set of Gapminder. */
export class Catalog {
  readonly #countries = new Map<string, Entry>();

  constructor() {
    for (const { country, cluster, year, pop, life_expect, fertility } of readRows()) {
      const entry = this.#countries.get(country) ?? { region: cluster, figures: [] };
      entry.figures.push({ year, population: pop, lifeExpectancy: life_expect, fertility });
      this.#countries.set(country, entry);
    }
  }

  countries(): CountryRow[] {
    return this.#rows(() => true);
  }

  country(name: string): Country | undefined {
    const entry = this.#countries.get(name);
    return entry && { name, figures: entry.figures };
  }

  /** The others of its region, by life expectancy. */
  peers(name: string): CountryRow[] | undefined {
    const entry = this.#countries.get(name);
    if (entry === undefined) return undefined;
    const rows = this.#rows((other) => other !== entry && other.region === entry.region);
    return rows.sort((one, other) => other.lifeExpectancy - one.lifeExpectancy);
  }

  #rows(isMeant: (entry: Entry) => boolean): CountryRow[] {
    const meant = [...this.#countries].filter(([, entry]) => isMeant(entry));
    return meant.map(([name, { figures }]) => Object.assign({ name }, figures.at(-1)!));
  }
}

function readRows(): RawRow[] {
  const entry = pathToFileURL(createRequire(import.meta.url).resolve("vega-datasets"));
  return JSON.parse(readFileSync(new URL("../data/gapminder.json", entry), "utf8")) as RawRow[];
}
