// The same app, moved as docs/from-apollo.md says.
import { entitiesOf, withEntity } from "virtual:guide/from-apollo/entities";
import {
  MachoProvider,
  mutationOptions,
  QueryClient,
  queryOptions,
  useCachedMutation,
  useCachedQuery,
} from "macho-cache/react";
import { useState } from "react";

interface Film {
  __typename: "Film";
  id: number;
  title: string;
  year?: number;
}

async function request<T>(query: string, variables: object, signal: AbortSignal | null = null): Promise<T> {
  const headers = { "content-type": "application/json" };
  const body = JSON.stringify({ query, variables });
  const response = await fetch("https://films.example/graphql", { method: "POST", headers, body, signal });
  if (!response.ok) throw new Error(`The query failed: ${response.status}`);
  const { data, errors } = (await response.json()) as { data: T; errors?: [Error] };
  if (errors) throw new AggregateError(errors, errors[0].message);
  return data;
}

const filmsQuery = queryOptions({
  queryKey: ["films"],
  fetcher: (_key, { signal }) =>
    request<{ films: Film[] }>("query Films { films { __typename id title } }", {}, signal),
});

const filmQuery = (id: number) =>
  queryOptions({
    queryKey: ["film", id],
    fetcher: (_key, { signal }) =>
      request<{ film: Film }>("query Film($id: Int!) { film(id: $id) { __typename id title year } }", { id }, signal),
  });

const RENAME = `mutation Rename($id: Int!, $title: String!) { rename(id: $id, title: $title) { __typename id title } }`;
const renameFilm = mutationOptions({
  mutationFn: (variables: { id: number; title: string }) => request<{ rename: Film }>(RENAME, variables),
  onMutate: (variables, { client }) => {
    const entity = { __typename: "Film", ...variables };
    const before = client.getQueriesData({ tags: entitiesOf(entity) });
    client.setQueriesData({ tags: entitiesOf(entity) }, (data) => withEntity(data, entity));
    return { before };
  },
  onError: (_error, _variables, context, { client }) => {
    for (const [key, data] of context?.before ?? []) client.setQueryData(key, data);
  },
  onSuccess: ({ rename }, _variables, _context, { client }) => {
    client.setQueriesData({ tags: entitiesOf(rename) }, (data) => withEntity(data, rename));
  },
});

const addFilm = mutationOptions({
  mutationFn: (title: string) =>
    request<{ add: Film }>("mutation Add($title: String!) { add(title: $title) { __typename id title } }", { title }),
  onSuccess: ({ add }, _title, _context, { client }) => {
    client.setQueryData(filmsQuery.queryKey, (old) => old && { films: [...old.films, add] });
  },
});

const makeClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: {
        tags: entitiesOf,
        staleTime: Infinity,
        retry: false,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
      },
    },
  });

function Films({ open }: { open: (id: number) => void }) {
  const { data, isLoading } = useCachedQuery(filmsQuery);
  const { mutate } = useCachedMutation(addFilm);
  if (isLoading) return <p>Loading</p>;
  return (
    <section>
      {data?.films.map(({ id, title }) => (
        <button type="button" key={id} onClick={() => open(id)}>
          {title}
        </button>
      ))}
      <button type="button" onClick={() => mutate("Dreams")}>
        Add
      </button>
    </section>
  );
}

function FilmView({ id }: { id: number | undefined }) {
  const { data, isLoading } = useCachedQuery({ ...filmQuery(id ?? 0), enabled: id !== undefined });
  const { mutate, error } = useCachedMutation(renameFilm);
  if (id === undefined) return <p>None is open</p>;
  return (
    <article>
      {isLoading ? "Opening" : `${data?.film.title} of ${data?.film.year}`}
      {error instanceof Error && <b> {error.message}</b>}
      <button type="button" onClick={() => mutate({ id, title: `New ${id}` })}>
        Rename
      </button>
    </article>
  );
}

export function App() {
  const [client] = useState(makeClient);
  const [id, open] = useState<number>();
  return (
    <MachoProvider client={client}>
      <Films open={open} />
      <FilmView id={id} />
    </MachoProvider>
  );
}
