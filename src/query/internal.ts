// What the rooms above share with the query layer, and users do not need.
export { checkFetcher, fetcherOf } from "./defaults.ts";
export { splitCall } from "./fetch-call.ts";
export { resolveFilter } from "./filter.ts";
export { dehydratePart } from "./hydration.ts";
export { listFetcher, splitPageOptions } from "./infinite.ts";
export { subscriptionFetcher } from "./subscription.ts";
export { toScriptText } from "./script.ts";
export type { Rendered } from "./observer.ts";
export type { HookInput } from "./watcher.ts";
export { isScriptUnread } from "./script-reader.ts";
