import { type LoadContext, MachoError } from "../core/index.ts";
import type { AnyFetcher } from "./answer.ts";
import type { QueryKey } from "./key.ts";

/** What one load is made with. */
export interface LoadRequest {
  readonly fetcher: AnyFetcher;
  readonly ttl: number | undefined;
  readonly staleTime: number;
}

/** Calls a fetcher. @throws MachoError "undefined-data" when it resolves to `undefined` */
export async function callFetcher(fetcher: AnyFetcher, key: QueryKey, context: LoadContext): Promise<unknown> {
  // The fetcher came with this very key.
  const data: unknown = await fetcher(key as never, context);
  if (data !== undefined) return data;
  const message = "A fetcher must not resolve to undefined, which stands for no data. Return null instead.";
  throw new MachoError("undefined-data", message);
}
