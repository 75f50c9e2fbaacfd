// What the rooms above share with the query layer, and users do not need.
export { checkFetcher } from "./options.ts";
