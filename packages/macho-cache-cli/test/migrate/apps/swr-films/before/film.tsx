import useSWR from "swr";
import useSWRMutation from "swr/mutation";
import { loadCast } from "./load";
import type { FilmData } from "./types";

export function Film({ id }: { id: number | undefined }) {
  const { data, error, isValidating, mutate } = useSWR<FilmData, Error>(id ? `/api/films/${id}` : null);
  const director = useSWR<string>(data && `/api/directors/${data.directorId}`);
  const { data: cast } = useSWR(id ? (["/api/cast", id] as const) : null, loadCast, { keepPreviousData: true });
  const { trigger, isMutating } = useSWRMutation("/api/rating", (url: string, { arg }: { arg: number }) =>
    fetch(url, { method: "POST", body: String(arg) }).then((response) => response.text()),
  );
  if (error) return <p>{error.message}</p>;
  if (!data) return <p>{id === undefined ? "Pick a film" : "Loading"}</p>;
  return (
    <section>
      <h2>{data.title}</h2>
      <p>
        by {director.data ?? "?"}, with {cast?.join(" and ")}
      </p>
      <button type="button" disabled={isMutating} onClick={() => void trigger(5)}>Rate</button>
      <button type="button" onClick={() => void mutate()}>{isValidating ? "Loading again" : "Again"}</button>
    </section>
  );
}
