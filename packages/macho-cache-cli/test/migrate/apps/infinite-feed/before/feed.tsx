import { useFeed } from "./use-feed";
import { PostView } from "./post-view";

export function Feed({ tag }: { tag: string }) {
  const { data, fetchNextPage, hasNextPage, isFetchingNextPage, status } = useFeed(tag);
  if (status === "pending") return <p>Loading the feed</p>;
  return (
    <section>
      <h2>
        {tag}, {data?.pages.length} pages
      </h2>
      {data?.pages.flatMap((page) => page.posts).map((post) => <PostView key={post.id} tag={tag} post={post} />)}
      <button type="button" disabled={!hasNextPage || isFetchingNextPage} onClick={() => void fetchNextPage()}>
        {hasNextPage ? "More" : "The end"}
      </button>
    </section>
  );
}
