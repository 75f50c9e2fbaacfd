import { keepPreviousData, type QueryClient, queryOptions, type UseQueryOptions, useQueries } from "@tanstack/react-query";
import { type Book, type BookPage, getAuthor, getBook, getBooks, getReviews } from "./api";

export const bookKeys = {
  all: ["books"] as const,
  page: (page: number) => [...bookKeys.all, "page", page] as const,
  one: (id: number) => [...bookKeys.all, "one", id] as const,
};

export const booksOptions = (page: number) =>
  queryOptions({
    queryKey: bookKeys.page(page),
    queryFn: ({ signal }) => getBooks(page, signal),
    placeholderData: keepPreviousData,
  });

/** A page of the list knows most of a book: it shows until the book has come. */
export const bookOptions = (client: QueryClient, id: number) =>
  queryOptions({
    queryKey: bookKeys.one(id),
    queryFn: () => getBook(id),
    initialData: () => bookInList(client, id),
    initialDataUpdatedAt: () => client.getQueryState(bookKeys.page(1))?.dataUpdatedAt,
  });

function bookInList(client: QueryClient, id: number): Book | undefined {
  for (const [, page] of client.getQueriesData<BookPage>({ queryKey: [...bookKeys.all, "page"] })) {
    const book = page?.books.find((each) => each.id === id);
    if (book) return book;
  }
  return undefined;
}

export const reviewsOptions = (book: number) =>
  queryOptions({ queryKey: ["reviews", book], queryFn: () => getReviews(book), staleTime: 5 * 60_000 });

/** The names of some authors, those that are known. */
export function useAuthorNames(ids: number[], options?: Pick<UseQueryOptions, "enabled">) {
  return useQueries({
    queries: ids.map((id) => ({
      queryKey: ["author", id],
      queryFn: () => getAuthor(id),
      staleTime: Infinity,
      enabled: options?.enabled ?? true,
    })),
    combine: (results) => results.map(({ data }) => data?.name ?? "..."),
  });
}
