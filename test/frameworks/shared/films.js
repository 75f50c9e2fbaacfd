import { queryOptions } from "macho-cache/query";

/** A server asks the API itself; a page asks its own origin, which leads there. */
const origin = typeof window === "undefined" ? process.env.API : "";

async function ask(path, init) {
  const response = await fetch(`${origin}/api/${path}`, init);
  if (!response.ok) throw new Error(`${path} failed with ${response.status}.`);
  return response.json();
}

export const filmOptions = (id) =>
  queryOptions({
    queryKey: ["film", id],
    fetcher: (_key, { signal }) => ask(`film/${id}`, { signal }),
    staleTime: 60_000,
    retry: false,
  });

export const votesOptions = queryOptions({
  queryKey: ["votes"],
  fetcher: (_key, { signal }) => ask("votes", { signal }),
  staleTime: 60_000,
  retry: false,
});

export const vote = () => ask("votes", { method: "POST" });
