"use client";
import { useCachedMutation, useCachedQuery, useQueryClient } from "macho-cache/react";
import { useEffect, useState } from "react";
import { filmOptions, vote, votesOptions } from "./films.js";

/** A film, the votes for it, a vote, and the next film. */
export function Films() {
  const [id, setId] = useState(1);
  useEffect(() => {
    document.documentElement.dataset.hydrated = "";
  }, []);
  return (
    <main>
      <p id="heading">Films to vote for</p>
      <Film id={id} />
      <Votes />
      <button type="button" id="next" onClick={() => setId(id + 1)}>
        Next
      </button>
    </main>
  );
}

function Film({ id }) {
  const { data, isPending } = useCachedQuery(filmOptions(id));
  return <h1>{isPending ? "Loading" : data.title}</h1>;
}

function Votes() {
  const client = useQueryClient();
  const { data } = useCachedQuery(votesOptions);
  const { mutate } = useCachedMutation({ mutationFn: vote, onSuccess: () => client.invalidateQueries(["votes"]) });
  return (
    <>
      <p id="votes">{data ? `${data.count} votes` : "Counting"}</p>
      <button type="button" id="vote" onClick={() => mutate()}>
        Vote
      </button>
    </>
  );
}
