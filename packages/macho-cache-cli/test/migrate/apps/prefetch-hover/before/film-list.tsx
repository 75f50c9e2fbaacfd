import { useQuery, useQueryClient } from "@tanstack/react-query";
import { films } from "./films";

export function FilmList({ onPick }: { onPick: (id: number) => void }) {
  const { data } = useQuery({ ...films.all(), select: (all) => all.slice(0, 3) });
  const queryClient = useQueryClient();
  return (
    <nav>
      {data?.map(({ id, title }) => (
        <button
          type="button"
          key={id}
          onMouseEnter={() => void queryClient.prefetchQuery(films.one(id))}
          onClick={() => onPick(id)}
        >
          {title}
        </button>
      ))}
    </nav>
  );
}
