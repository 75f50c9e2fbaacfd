import type { InfiniteData } from "@tanstack/react-query";
import type { Page, Post } from "./api";

export function replacePost(data: InfiniteData<Page, number>, post: Post): InfiniteData<Page, number> {
  return {
    ...data,
    pages: data.pages.map((page) => ({
      ...page,
      posts: page.posts.map((each) => (each.id === post.id ? post : each)),
    })),
  };
}
