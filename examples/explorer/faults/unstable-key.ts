import { Cache } from "macho-cache";
import { QueryClient } from "macho-cache/query";
import { type Fault, popular } from "./fault.ts";

const CITIES = 80;

interface Forecast {
  readonly city: string;
  readonly degrees: number;
}

type ForecastKey = readonly [name: "forecast", city: string, request?: { readonly traceId: string }];

export const unstableKey: Fault = {
  id: "unstable-key",
  title: "An unstable key",
  story:
    "Forecasts for 80 cities. The key holds the id of the request as well, so each look-up is for a key of its own.",
  wrong: 'fetchQuery(["forecast", city, { traceId: crypto.randomUUID() }], fetchForecast)',
  right: 'fetchQuery(["forecast", city], fetchForecast)',
  remedy: "A key of the city alone",
  start(isMended) {
    const cache = new Cache<string, unknown>({ maxCacheSize: 500 });
    const client = new QueryClient({ cache });
    const keyOf = (city: string): ForecastKey =>
      isMended ? ["forecast", city] : ["forecast", city, { traceId: crypto.randomUUID() }];
    const visit = (): Promise<Forecast> =>
      client.fetchQuery(keyOf(`city ${popular(CITIES)}`), fetchForecast, { staleTime: 60_000 });
    return { cache, client, visit };
  },
};

async function fetchForecast([, city]: ForecastKey): Promise<Forecast> {
  return { city, degrees: Math.round(30 * Math.random()) };
}
