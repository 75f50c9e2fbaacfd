import { type InfiniteData, useMutation, useQueryClient } from "@tanstack/react-query";
import { like, type Page, type Post } from "./api";
import { replacePost } from "./replace-post";

export function PostView({ tag, post }: { tag: string; post: Post }) {
  const client = useQueryClient();
  const { mutate } = useMutation({
    mutationFn: () => like(post.id),
    onSuccess: (liked) => {
      client.setQueryData<InfiniteData<Page, number>>(["feed", tag], (old) => old && replacePost(old, liked));
    },
  });
  return (
    <p>
      {post.text} <button type="button" onClick={() => mutate()}>{`Like ${post.id}: ${post.likes}`}</button>
    </p>
  );
}
