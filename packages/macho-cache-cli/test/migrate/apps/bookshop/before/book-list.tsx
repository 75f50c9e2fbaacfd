import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { booksOptions, reviewsOptions, useAuthorNames } from "./queries";

export function BookList({ open }: { open: (id: number) => void }) {
  const client = useQueryClient();
  const [page, setPage] = useState(1);
  const { data, error, status, isPlaceholderData } = useQuery(booksOptions(page));
  const names = useAuthorNames(data?.books.map(({ author }) => author) ?? []);

  useEffect(() => {
    if (data && !isPlaceholderData && page < data.pages) void client.prefetchQuery(booksOptions(page + 1));
  }, [client, data, isPlaceholderData, page]);

  if (status === "pending") return <p>Loading</p>;
  if (status === "error") return <p role="alert">{error.message}</p>;
  return (
    <section style={{ opacity: isPlaceholderData ? 0.5 : 1 }}>
      {data.books.map((book, at) => (
        <button
          type="button"
          key={book.id}
          onMouseEnter={() => client.prefetchQuery(reviewsOptions(book.id))}
          onClick={() => open(book.id)}
        >
          {book.title} by {names[at]}
        </button>
      ))}
      <button type="button" disabled={isPlaceholderData || page === data.pages} onClick={() => setPage(page + 1)}>
        Next
      </button>
    </section>
  );
}
