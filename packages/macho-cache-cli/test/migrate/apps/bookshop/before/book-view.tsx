import { useMutation, useMutationState, useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { addReview, type Review } from "./api";
import { bookKeys, bookOptions, reviewsOptions } from "./queries";

export function BookView({ id }: { id: number }) {
  const client = useQueryClient();
  const { data: book, refetch, isFetching } = useQuery(bookOptions(client, id));
  const { data: reviews } = useSuspenseQuery(reviewsOptions(id));
  const add = useMutation({
    mutationKey: ["review", id],
    mutationFn: (text: string) => addReview(id, text),
    onSuccess: (review) => client.setQueryData<Review[]>(reviewsOptions(id).queryKey, (old) => [...(old ?? []), review]),
    onSettled: () => client.invalidateQueries({ queryKey: bookKeys.one(id), exact: true }),
  });
  const waiting = useMutationState({
    filters: { mutationKey: ["review", id], status: "pending" },
    select: (mutation) => mutation.state.variables as string,
  });

  return (
    <article>
      <h2>
        {book?.title}, {book?.stock} left{isFetching && "?"}
      </h2>
      {reviews.map((review) => (
        <p key={review.id}>{review.text}</p>
      ))}
      {waiting.map((text) => (
        <p key={text} style={{ opacity: 0.5 }}>
          {text} (sending)
        </p>
      ))}
      {add.isError && <p role="alert">{add.error.message}</p>}
      <button type="button" onClick={() => add.mutate("Good")}>
        Praise
      </button>
      <button type="button" onClick={() => refetch()}>
        Again
      </button>
    </article>
  );
}
