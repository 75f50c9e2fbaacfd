import { MachoProvider, QueryClient, useCachedMutation, useCachedQuery } from "macho-cache/react";
import { createElement as h, useState } from "react";
import { render } from "preact";

const client = new QueryClient();

async function ask(path, init) {
  return (await fetch(`/api/${path}`, init)).json();
}

function Films() {
  const [id, setId] = useState(1);
  const film = useCachedQuery(["film", id], (_key, { signal }) => ask(`film/${id}`, { signal }), { staleTime: 60_000 });
  return h("main", null, [
    h("h1", null, film.isPending ? "Loading" : film.data.title),
    h(Votes),
    h("button", { id: "next", onClick: () => setId(id + 1) }, "Next"),
  ]);
}

function Votes() {
  const votes = useCachedQuery(["votes"], (_key, { signal }) => ask("votes", { signal }), { staleTime: 60_000 });
  const { mutate } = useCachedMutation({
    mutationFn: () => ask("votes", { method: "POST" }),
    onSuccess: () => client.invalidateQueries(["votes"]),
  });
  return h("p", null, [
    h("span", { id: "votes" }, votes.data ? `${votes.data.count} votes` : "Counting"),
    h("button", { id: "vote", onClick: () => mutate() }, "Vote"),
  ]);
}

render(h(MachoProvider, { client }, h(Films)), document.getElementById("root"));
