// An app of another library and the same app after its move show the same, and ask the same of the server.
import { fireEvent, render, screen, waitFor } from "@testing-library/react";
import type { ComponentType } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { App as RtkAfter } from "./rtk-query-after.tsx";
import { App as RtkBefore } from "./rtk-query-before.tsx";

afterEach(() => vi.unstubAllGlobals());

/** A server of posts that knows what it was asked. A like of the second post fails. */
function postServer(): string[] {
  const posts = ["First", "Second"].map((title, at) => ({ id: at + 1, title, likes: 0 }));
  const asked: string[] = [];
  const answer = (method: string, path: string, body: string): unknown => {
    if (path.startsWith("search")) return posts.slice(0, 1);
    const [, id, isLike] = /^posts(?:\/(\d+)(\/like)?)?$/.exec(path) ?? [];
    const post = posts.find((each) => String(each.id) === id);
    if (isLike && post?.id === 2) return undefined;
    if (isLike && post) return { ...post, likes: ++post.likes };
    if (method === "POST") posts.push({ id: posts.length + 1, likes: 0, ...(JSON.parse(body) as { title: string }) });
    return post ?? posts;
  };
  vi.stubGlobal("fetch", async (input: string | Request, init: RequestInit = {}) => {
    const isRequest = input instanceof Request;
    const url = isRequest ? input.url : input;
    const method = isRequest ? input.method : (init.method ?? "GET");
    const body = isRequest ? await input.text() : ((init.body ?? "") as string);
    const path = url.replace("https://posts.example/api/", "");
    asked.push(`${method} ${path} ${body}`.trim());
    const data = answer(method, path, body);
    await new Promise((resolve) => setTimeout(resolve, 1));
    return data === undefined ? new Response("", { status: 500 }) : Response.json(structuredClone(data));
  });
  return asked;
}

/** What a user does, and what was seen and asked. */
async function use(App: ComponentType): Promise<{ seen: string[]; asked: string[] }> {
  const asked = postServer();
  const { container, unmount } = render(<App />);
  const seen: string[] = [];
  const sees = (text: string, requests: number): Promise<void> =>
    waitFor(() => {
      expect(container.textContent).toContain(text);
      expect(asked).toHaveLength(requests);
      seen.push(container.textContent);
    });
  const click = (name: string): void => void fireEvent.click(screen.getByRole("button", { name }));
  await sees("FirstSecondAddNothing asked", 1);
  fireEvent.mouseEnter(screen.getByRole("button", { name: "First" }));
  await sees("FirstSecond", 2);
  click("First");
  await sees("First: 0 likesLike", 2);
  click("Like");
  // The like, and loads of the list and of the post.
  await sees("First: 1 likesLike", 5);
  click("Add");
  await sees("FirstSecondThird", 7);
  click("Second");
  await sees("Second: 0 likesLike", 8);
  click("Like");
  await sees("Second: 0 likes not liked", 11);
  click("Search");
  await sees("Found 1", 12);
  unmount();
  return { seen, asked: asked.toSorted() };
}

test("an app of RTK Query shows the same after its move, and asks the same", async () => {
  const before = await use(RtkBefore);
  vi.unstubAllGlobals();
  expect(await use(RtkAfter)).toEqual(before);
});
