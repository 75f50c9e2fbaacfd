// The same app, moved as docs/from-rtk-query.md says.
import {
  MachoProvider,
  mutateQuery,
  mutationOptions,
  QueryClient,
  queryOptions,
  useCachedMutation,
  useCachedQuery,
  useQueryClient,
} from "macho-cache/react";
import { useState } from "react";

interface Post {
  id: number;
  title: string;
  likes: number;
}

async function send<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(`https://posts.example/api/${path}`, init);
  if (!response.ok) throw new Error(`${path} failed: ${response.status}`);
  return (await response.json()) as T;
}

const postsQuery = queryOptions({
  queryKey: ["posts"],
  fetcher: async (_key, { signal }) => {
    const posts = await send<Post[]>("posts", { signal });
    return posts.toSorted((one, other) => one.id - other.id);
  },
  tags: (posts) => ["posts", ...posts.map(({ id }) => `post ${id}`)],
});

const postQuery = (id: number) =>
  queryOptions({
    queryKey: ["post", id],
    fetcher: (_key, { signal }) => send<Post>(`posts/${id}`, { signal }),
    tags: [`post ${id}`],
  });

const searchQuery = (text: string) =>
  queryOptions({
    queryKey: ["search", text],
    fetcher: (_key, { signal }) => send<Post[]>(`search?${new URLSearchParams({ text }).toString()}`, { signal }),
  });

const addPost = mutationOptions({
  mutationFn: (post: { title: string }) => send<Post>("posts", { method: "POST", body: JSON.stringify(post) }),
  onSuccess: (_post, _sent, _context, { client }) => void client.invalidateQueries({ tags: ["posts"] }),
});

const likePost = mutationOptions({
  mutationFn: (id: number, { client }) =>
    mutateQuery<Post>(client, ["post", id], send<Post>(`posts/${id}/like`, { method: "POST" }), {
      optimisticData: (committed, post = committed) => ({ ...post!, likes: post!.likes + 1 }),
      populateCache: false,
      revalidate: false,
    }),
  onSettled: (_post, _error, id, _context, { client }) => void client.invalidateQueries({ tags: [`post ${id}`] }),
});

const makeClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: { staleTime: Infinity, retry: false, refetchOnWindowFocus: false, refetchOnReconnect: false },
    },
  });

function Posts({ open }: { open: (id: number) => void }) {
  const client = useQueryClient();
  const { data: posts = [], isLoading, isError } = useCachedQuery(postsQuery);
  const { mutate, isPending: isAdding } = useCachedMutation(addPost);
  if (isLoading) return <p>Loading</p>;
  if (isError) return <p role="alert">No posts</p>;
  return (
    <section>
      {posts.map(({ id, title }) => (
        <button
          type="button"
          key={id}
          onMouseEnter={() => void client.prefetchQuery(postQuery(id))}
          onClick={() => open(id)}
        >
          {title}
        </button>
      ))}
      <button type="button" disabled={isAdding} onClick={() => mutate({ title: "Third" })}>
        Add
      </button>
    </section>
  );
}

function PostView({ id }: { id: number }) {
  const { data: post, isFetching } = useCachedQuery(postQuery(id));
  const { mutate, isError } = useCachedMutation(likePost);
  return (
    <article>
      {post?.title}: {post?.likes} likes{isFetching && " ..."}
      {isError && <b> not liked</b>}
      <button type="button" onClick={() => mutate(id)}>
        Like
      </button>
    </article>
  );
}

function Search() {
  const [text, setText] = useState<string>();
  const { data } = useCachedQuery({ ...searchQuery(text ?? ""), enabled: text !== undefined });
  return (
    <aside>
      {text === undefined ? "Nothing asked" : `Found ${data?.length ?? "..."}`}
      <button type="button" onClick={() => setText("first")}>
        Search
      </button>
    </aside>
  );
}

export function App() {
  const [client] = useState(makeClient);
  const [id, open] = useState<number>();
  return (
    <MachoProvider client={client}>
      <Posts open={open} />
      {id !== undefined && <PostView id={id} />}
      <Search />
    </MachoProvider>
  );
}
