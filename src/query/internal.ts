// What the rooms above share with the query layer, and users do not need.
export { MachoError, MachoOptionError } from "../core/lru/index.ts";
export { describe, hasOwn } from "../core/lru/internal.ts";
export { checkFetcher } from "./model/defaults.ts";
export { hashOf } from "./key/key.ts";
export { splitCall } from "./client/calls.ts";
export { feign } from "./store/feigned.ts";
export { resolveFilter } from "./store/filter.ts";
export { dehydratePart } from "./hydration/dehydrate.ts";
export { listFetcher, splitPageOptions } from "./kinds/infinite.ts";
export { subscriptionFetcher } from "./kinds/subscription.ts";
export { toScriptText } from "./hydration/script-writer.ts";
export { allowRetry, type ErrorResets, prefetch, throwOutcome } from "./observer/suspense.ts";
export type { Rendered } from "./observer/committed-input.ts";
export { isScriptUnread } from "./hydration/script-reader.ts";
export { callsOf } from "./mutation/mutation-calls.ts";
export { isSame } from "./observer/result-fields.ts";
