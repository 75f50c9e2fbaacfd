import { useSuspenseQuery } from "@tanstack/react-query";
import { films } from "./films";

export function Details({ id }: { id: number }) {
  const { data: film } = useSuspenseQuery(films.one(id));
  const { data: count } = useSuspenseQuery({
    ...films.all(),
    select: (all) => all.length,
  });
  return (
    <h2>
      {film.title}, one of {count}
    </h2>
  );
}
