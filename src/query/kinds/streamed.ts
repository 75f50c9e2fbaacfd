import { type FetchContext, type Fetcher, leave } from "../model/fetcher.ts";
import type { QueryKey } from "../key/key.ts";

/** How a stream becomes data. */
export interface StreamedQueryOptions<C, T, K extends QueryKey> {
  /**
   * Opens the stream. Its `signal` is aborted when nobody looks any more. Its `previous` is the data before the load, in
   * each of its tries.
   */
  stream: (key: K, context: FetchContext) => AsyncIterable<C> | PromiseLike<AsyncIterable<C>>;
  /** The data after a chunk; must not change the data before. @defaultValue an array of all chunks */
  reducer?: ((data: T, chunk: C) => T) | undefined;
  /** The data before the first chunk. @defaultValue an empty array */
  initialValue?: T | undefined;
  /**
   * What another load shows: `"reset"` begins anew with the first chunk, `"append"` goes on after the data that is
   * there, `"replace"` shows the old data until the stream has ended.
   * @defaultValue "reset"
   */
  refetchMode?: "reset" | "append" | "replace" | undefined;
}

/**
 * A fetcher that shows a stream while it comes: each chunk changes the data, and the load goes on until the end.
 *
 * @example
 * const answer = streamedQuery({ stream: (key, { signal }) => ask(key, signal), reducer: (text, word) => text + word, initialValue: "" });
 * useCachedQuery(["answer", question], answer);
 */
export function streamedQuery<C, T = readonly C[], const K extends QueryKey = QueryKey>({
  stream,
  reducer = append as (data: T, chunk: C) => T,
  initialValue = [] as T,
  refetchMode = "reset",
}: StreamedQueryOptions<C, T, K>): Fetcher<T, K> {
  return async (key, context) => {
    const { previous } = context;
    // All tries of a load have the same context, and go on after the same data: what a failed one showed does not count.
    Object.defineProperty(context, "previous", { value: previous });
    const isFirst = previous === undefined;
    // The data before came from this very fetcher.
    let data = refetchMode === "append" && !isFirst ? (previous as T) : initialValue;
    for await (const chunk of await stream(key, context)) {
      if (!context.isWanted) leave(context);
      data = reducer(data, chunk);
      if (isFirst || refetchMode !== "replace") context.publish(data);
    }
    return data;
  };
}

function append(data: unknown, chunk: unknown): unknown {
  return [...(data as readonly unknown[]), chunk];
}
