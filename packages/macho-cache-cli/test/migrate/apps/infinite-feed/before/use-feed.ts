import { infiniteQueryOptions, useInfiniteQuery } from "@tanstack/react-query";
import { loadPage } from "./api";

export const feedOptions = (tag: string) =>
  infiniteQueryOptions({
    queryKey: ["feed", tag],
    queryFn: ({ pageParam, signal }) => loadPage(tag, pageParam, signal),
    initialPageParam: 0,
    getNextPageParam: (last) => last.next,
    maxPages: 10,
  });

export function useFeed(tag: string) {
  return useInfiniteQuery(feedOptions(tag));
}
