// What the rooms above share with the query layer, and users do not need.
export { checkFetcher, fetcherOf } from "./defaults.ts";
export type { AnyFetcher } from "./fetcher.ts";
export { pagesFetcher, splitPageOptions } from "./infinite.ts";
export { subscriptionFetcher } from "./subscription.ts";
