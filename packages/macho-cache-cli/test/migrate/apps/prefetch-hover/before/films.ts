import { queryOptions } from "@tanstack/react-query";

export interface Film {
  id: number;
  title: string;
}

async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await fetch(path, signal ? { signal } : {});
  if (!response.ok) throw new Error(`No answer from ${path}`);
  return response.json();
}

/** Every query of films. */
export const films = {
  all: () => queryOptions({ queryKey: ["films"], queryFn: () => get<Film[]>("/api/films") }),
  one: (id: number) =>
    queryOptions({
      queryKey: ["films", id],
      queryFn: ({ signal }) => get<Film>(`/api/films/${id}`, signal),
      staleTime: 120_000,
    }),
};
