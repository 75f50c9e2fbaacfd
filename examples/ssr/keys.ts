export const countriesKey = ["countries"] as const;
export const visitorKey = ["visitor"] as const;

export const countryKey = (name: string): readonly [string, string] => ["countries", name];
export const peersKey = (name: string): readonly [string, string, string] => ["countries", name, "peers"];

/** A country in one year. */
export interface Figures {
  readonly year: number;
  readonly population: number;
  /** Years. */
  readonly lifeExpectancy: number;
  /** Children a woman. */
  readonly fertility: number;
}

export interface CountryRow extends Figures {
  readonly name: string;
}

export interface Country {
  readonly name: string;
  /** In the order of years. */
  readonly figures: readonly Figures[];
}

/** Who asks, as the cookie `visitor` says. */
export interface Visitor {
  readonly name: string;
}
