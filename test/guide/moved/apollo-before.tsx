// An app in the manner of Apollo Client's examples: a list and a view share entities.
import { ApolloClient, gql, HttpLink, InMemoryCache, type TypedDocumentNode } from "@apollo/client";
import { ApolloProvider, skipToken, useMutation, useQuery } from "@apollo/client/react";
import { useState } from "react";

interface Film {
  __typename: "Film";
  id: number;
  title: string;
  year?: number;
}

const FILMS: TypedDocumentNode<{ films: Film[] }> = gql`
  query Films {
    films {
      id
      title
    }
  }
`;
const FILM: TypedDocumentNode<{ film: Film }, { id: number }> = gql`
  query Film($id: Int!) {
    film(id: $id) {
      id
      title
      year
    }
  }
`;
const RENAME: TypedDocumentNode<{ rename: Film }, { id: number; title: string }> = gql`
  mutation Rename($id: Int!, $title: String!) {
    rename(id: $id, title: $title) {
      id
      title
    }
  }
`;
const ADD: TypedDocumentNode<{ add: Film }, { title: string }> = gql`
  mutation Add($title: String!) {
    add(title: $title) {
      id
      title
    }
  }
`;

const makeClient = () =>
  new ApolloClient({ link: new HttpLink({ uri: "https://films.example/graphql" }), cache: new InMemoryCache() });

function Films({ open }: { open: (id: number) => void }) {
  const { data, loading } = useQuery(FILMS);
  const [add] = useMutation(ADD, {
    update: (cache, { data: answer }) => {
      const added = answer?.add;
      cache.updateQuery({ query: FILMS }, (old) => old && added && { films: [...old.films, added] });
    },
  });
  if (loading) return <p>Loading</p>;
  return (
    <section>
      {data?.films.map(({ id, title }) => (
        <button type="button" key={id} onClick={() => open(id)}>
          {title}
        </button>
      ))}
      <button type="button" onClick={() => void add({ variables: { title: "Dreams" } })}>
        Add
      </button>
    </section>
  );
}

function FilmView({ id }: { id: number | undefined }) {
  const { data, loading } = useQuery(FILM, id === undefined ? skipToken : { variables: { id } });
  const [rename, { error }] = useMutation(RENAME, {
    optimisticResponse: (variables) => ({ rename: { __typename: "Film" as const, ...variables } }),
    onError: () => undefined,
  });
  if (id === undefined) return <p>None is open</p>;
  return (
    <article>
      {loading ? "Opening" : `${data?.film.title} of ${data?.film.year}`}
      {error && <b> {error.message}</b>}
      <button type="button" onClick={() => void rename({ variables: { id, title: `New ${id}` } })}>
        Rename
      </button>
    </article>
  );
}

export function App() {
  const [client] = useState(makeClient);
  const [id, open] = useState<number>();
  return (
    <ApolloProvider client={client}>
      <Films open={open} />
      <FilmView id={id} />
    </ApolloProvider>
  );
}
