/** What a widget shows, and how often it asks for it. */
export interface Widget {
  readonly id: string;
  readonly place: string;
  readonly measure: string;
  /** Ms between two polls. */
  readonly pollEvery: number;
}

export interface Board {
  readonly name: string;
  readonly widgets: readonly Widget[];
}

const PLACES = ["Berlin", "Cairo", "Delhi", "Lagos", "Lima", "Osaka", "Oslo", "Quito", "Seoul", "Turin"];
const MEASURES: Readonly<Record<string, readonly string[]>> = {
  Sales: ["Revenue", "Orders", "Basket", "Returns"],
  Stock: ["Pallets", "Picks", "Gaps", "Turnover"],
  Delivery: ["Parcels", "On time", "Vans", "Distance"],
  Servers: ["Requests", "Latency", "Errors", "Memory"],
  Support: ["Calls", "Chats", "Waiting", "Solved"],
};

/** Intervals without a common divisor, so that polls of a page do not come all at once. */
const INTERVALS = [3_100, 4_300, 5_900, 7_300];

/** Five boards of 40 widgets: 200 keys. */
export const BOARDS: readonly Board[] = Object.entries(MEASURES).map(([name, measures]) => ({
  name,
  widgets: PLACES.flatMap((place, row) =>
    measures.map((measure, column) => ({
      id: `${name}-${place}-${measure}`.toLowerCase().replaceAll(" ", "-"),
      place,
      measure,
      pollEvery: INTERVALS[(row + column) % INTERVALS.length]! + 37 * row,
    })),
  ),
}));
