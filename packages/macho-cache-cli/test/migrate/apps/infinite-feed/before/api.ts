export interface Post {
  id: number;
  text: string;
  likes: number;
}

export interface Page {
  posts: Post[];
  next: number | null;
}

export async function loadPage(tag: string, cursor: number, signal: AbortSignal): Promise<Page> {
  const response = await fetch(`/api/feed/${tag}?cursor=${cursor}`, { signal });
  return response.json();
}

export async function like(id: number): Promise<Post> {
  const response = await fetch(`/api/posts/${id}/like`, { method: "POST" });
  return response.json();
}
