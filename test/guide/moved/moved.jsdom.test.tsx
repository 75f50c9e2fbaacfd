// An app of another library and the same app after its move show the same, and ask the same of the server.
import { fireEvent, render, type RenderResult, screen, waitFor } from "@testing-library/react";
import type { ComponentType } from "react";
import { afterEach, expect, test, vi } from "vitest";
import { App as ApolloAfter } from "./apollo-after.tsx";
import { App as ApolloBefore } from "./apollo-before.tsx";
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

/** A server of films that knows what it was asked. The second film keeps its name. */
function filmServer(): string[] {
  const films = ["Ikiru", "Ran"].map((title, at) => ({ __typename: "Film", id: at + 1, title }));
  const asked: string[] = [];
  const answer = (name: string, { id, title = "" }: { id?: number; title?: string }): object => {
    if (name === "Films") return { films };
    if (name === "Add") {
      films.push({ __typename: "Film", id: films.length + 1, title });
      return { add: films.at(-1) };
    }
    const film = films.find((each) => each.id === id)!;
    if (name === "Film") return { film: { ...film, year: 1950 + film.id } };
    return { rename: Object.assign(film, { title }) };
  };
  vi.stubGlobal("fetch", async (_url: string, { body }: { body: string }) => {
    const { query, variables = {} } = JSON.parse(body) as { query: string; variables?: { id?: number } };
    const [, name = ""] = /(?:query|mutation) (\w+)/.exec(query) ?? [];
    asked.push(`${name} ${JSON.stringify(variables)}`);
    await new Promise((resolve) => setTimeout(resolve, 1));
    return name === "Rename" && variables.id === 2
      ? Response.json({ errors: [{ message: "It keeps its name" }] })
      : Response.json({ data: structuredClone(answer(name, variables)) });
  });
  return asked;
}

interface Observed {
  readonly seen: string[];
  readonly asked: string[];
}

/** A user of an app: what is seen, and how often was asked by then. */
class User {
  readonly seen: string[] = [];
  readonly asked: string[];
  #app: RenderResult;

  constructor(App: ComponentType, asked: string[]) {
    this.asked = asked;
    this.#app = render(<App />);
  }

  /** Waits for all of a text, and for so many requests. */
  async sees(text: string, requests: number): Promise<void> {
    await waitFor(() => {
      expect(this.#app.container.textContent).toBe(text);
      expect(this.asked).toHaveLength(requests);
    });
    this.seen.push(this.#app.container.textContent);
  }

  clicks(name: string): void {
    fireEvent.click(screen.getByRole("button", { name }));
  }

  hovers(name: string): void {
    fireEvent.mouseEnter(screen.getByRole("button", { name }));
  }

  leaves(): Observed {
    this.#app.unmount();
    // Loads that begin at once may be asked for in either order.
    return { seen: this.seen, asked: this.asked.toSorted() };
  }
}

async function readPosts(App: ComponentType): Promise<Observed> {
  const user = new User(App, postServer());
  await user.sees("FirstSecondAddNothing askedSearch", 1);
  user.hovers("First");
  await user.sees("FirstSecondAddNothing askedSearch", 2);
  user.clicks("First");
  await user.sees("FirstSecondAddFirst: 0 likesLikeNothing askedSearch", 2);
  user.clicks("Like");
  // The like, and loads of the list and of the post.
  await user.sees("FirstSecondAddFirst: 1 likesLikeNothing askedSearch", 5);
  user.clicks("Add");
  await user.sees("FirstSecondThirdAddFirst: 1 likesLikeNothing askedSearch", 7);
  user.clicks("Second");
  await user.sees("FirstSecondThirdAddSecond: 0 likesLikeNothing askedSearch", 8);
  user.clicks("Like");
  await user.sees("FirstSecondThirdAddSecond: 0 likes not likedLikeNothing askedSearch", 11);
  user.clicks("Search");
  await user.sees("FirstSecondThirdAddSecond: 0 likes not likedLikeFound 1Search", 12);
  return user.leaves();
}

async function renameFilms(App: ComponentType): Promise<Observed> {
  const user = new User(App, filmServer());
  await user.sees("IkiruRanAddNone is open", 1);
  user.clicks("Ikiru");
  await user.sees("IkiruRanAddIkiru of 1951Rename", 2);
  user.clicks("Rename");
  // The list has the new title as well, without a load.
  await user.sees("New 1RanAddNew 1 of 1951Rename", 3);
  user.clicks("Ran");
  await user.sees("New 1RanAddRan of 1952Rename", 4);
  user.clicks("Rename");
  await user.sees("New 1RanAddRan of 1952 It keeps its nameRename", 5);
  user.clicks("Add");
  await user.sees("New 1RanDreamsAddRan of 1952 It keeps its nameRename", 6);
  user.clicks("New 1");
  await user.sees("New 1RanDreamsAddNew 1 of 1951 It keeps its nameRename", 6);
  return user.leaves();
}

test.each([
  ["RTK Query", readPosts, RtkBefore, RtkAfter],
  ["Apollo Client", renameFilms, ApolloBefore, ApolloAfter],
])("an app of %s shows the same after its move, and asks the same", async (_name, use, Before, After) => {
  const before = await use(Before);
  vi.unstubAllGlobals();
  expect(await use(After)).toEqual(before);
});
