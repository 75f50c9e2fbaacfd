// An app in the manner of RTK Query's examples.
import { configureStore } from "@reduxjs/toolkit";
import { createApi, fetchBaseQuery } from "@reduxjs/toolkit/query/react";
import { useState } from "react";
import { Provider } from "react-redux";

interface Post {
  id: number;
  title: string;
  likes: number;
}

const api = createApi({
  baseQuery: fetchBaseQuery({ baseUrl: "https://posts.example/api", headers: { accept: "application/json" } }),
  tagTypes: ["Post"],
  endpoints: (build) => ({
    getPosts: build.query<Post[], void>({
      query: () => "posts",
      transformResponse: (posts: Post[]) => posts.toSorted((one, other) => one.id - other.id),
      providesTags: (posts = []) => [
        ...posts.map(({ id }) => ({ type: "Post" as const, id })),
        { type: "Post", id: "LIST" },
      ],
    }),
    getPost: build.query<Post, number>({
      query: (id) => `posts/${id}`,
      providesTags: (_post, _error, id) => [{ type: "Post", id }],
    }),
    search: build.query<Post[], string>({ query: (text) => ({ url: "search", params: { text } }) }),
    addPost: build.mutation<Post, { title: string }>({
      query: (body) => ({ url: "posts", method: "POST", body }),
      invalidatesTags: [{ type: "Post", id: "LIST" }],
    }),
    likePost: build.mutation<Post, number>({
      query: (id) => ({ url: `posts/${id}/like`, method: "POST" }),
      onQueryStarted: async (id, { dispatch, queryFulfilled }) => {
        const patch = dispatch(
          api.util.updateQueryData("getPost", id, (draft) => {
            draft.likes += 1;
          }),
        );
        await queryFulfilled.catch(patch.undo);
      },
      invalidatesTags: (_post, _error, id) => [{ type: "Post", id }],
    }),
  }),
});

const makeStore = () =>
  configureStore({
    reducer: { [api.reducerPath]: api.reducer },
    middleware: (defaults) => defaults().concat(api.middleware),
  });

function Posts({ open }: { open: (id: number) => void }) {
  const { data: posts = [], isLoading, isError } = api.useGetPostsQuery();
  const prefetch = api.usePrefetch("getPost");
  const [addPost, { isLoading: isAdding }] = api.useAddPostMutation();
  if (isLoading) return <p>Loading</p>;
  if (isError) return <p role="alert">No posts</p>;
  return (
    <section>
      {posts.map(({ id, title }) => (
        <button type="button" key={id} onMouseEnter={() => prefetch(id)} onClick={() => open(id)}>
          {title}
        </button>
      ))}
      <button type="button" disabled={isAdding} onClick={() => void addPost({ title: "Third" })}>
        Add
      </button>
    </section>
  );
}

function PostView({ id }: { id: number }) {
  const { data: post, isFetching } = api.useGetPostQuery(id);
  const [like, { isError }] = api.useLikePostMutation();
  return (
    <article>
      {post?.title}: {post?.likes} likes{isFetching && " ..."}
      {isError && <b> not liked</b>}
      <button type="button" onClick={() => void like(id)}>
        Like
      </button>
    </article>
  );
}

function Search() {
  const [search, { data, isUninitialized }] = api.useLazySearchQuery();
  return (
    <aside>
      {isUninitialized ? "Nothing asked" : `Found ${data?.length ?? "..."}`}
      <button type="button" onClick={() => void search("first")}>
        Search
      </button>
    </aside>
  );
}

export function App() {
  const [store] = useState(makeStore);
  const [id, open] = useState<number>();
  return (
    <Provider store={store}>
      <Posts open={open} />
      {id !== undefined && <PostView id={id} />}
      <Search />
    </Provider>
  );
}
