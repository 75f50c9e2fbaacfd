// What is done with each of the apps, and what has to be seen. The same before and after.
import type { Page } from "./page.tsx";

/** What a server answers: a value, or the status of a failure. */
type Answer = { readonly body: unknown } | { readonly status: number };
export type Backend = (method: string, path: string, body: string) => Answer;

export interface Scenario {
  readonly from: "tanstack-query" | "swr";
  /** `file:line subject` of what is left for a person. */
  readonly left: readonly string[];
  /** What a person does with these lines: what stands there, and what is written in its place. */
  readonly finish?: Readonly<Record<string, readonly (readonly [before: string, after: string])[]>>;
  /** The server, anew for each run. */
  readonly backend: () => Backend;
  readonly run: (page: Page) => Promise<void>;
  /** Polls ask as often as there is time: then only which requests are made counts. */
  readonly isPolling?: true;
}

const ok = (body: unknown): Answer => ({ body });

function todoBackend(): Backend {
  const todos = [
    { id: 1, title: "Water the plants", done: false },
    { id: 2, title: "Feed the cat", done: true },
  ];
  return (method, path, body) => {
    if (method === "GET") return ok(structuredClone(todos));
    const sent = JSON.parse(body) as { title: string; done: boolean };
    if (method === "POST") {
      const todo = { id: todos.length + 1, title: sent.title, done: false };
      todos.push(todo);
      return ok(todo);
    }
    const todo = todos.find(({ id }) => path.endsWith(`/${id}`))!;
    if (todo.id === 2) return { status: 500 };
    todo.done = sent.done;
    return ok(todo);
  };
}

function feedBackend(): Backend {
  return (_method, path) => {
    const liked = /posts\/(\d+)\/like/.exec(path)?.[1];
    if (liked !== undefined) return ok({ id: Number(liked), text: `Post ${liked}`, likes: 1 });
    const cursor = Number(/cursor=(\d+)/.exec(path)![1]);
    const tag = path.includes("sport") ? 100 : 0;
    const posts = [1, 2].map((each) => ({ id: tag + cursor + each, text: `Post ${tag + cursor + each}`, likes: 0 }));
    return ok({ posts, next: cursor < 4 ? cursor + 2 : null });
  };
}

function authBackend(): Backend {
  let tries = 0;
  return (_method, path, body) => {
    if (path === "/api/me") return ok(null);
    if (path === "/api/login") return tries++ === 0 ? { status: 401 } : ok({ name: body });
    return path === "/api/orders" ? { status: 403 } : ok(true);
  };
}

function jobBackend(): Backend {
  let progress = 0;
  return (_method, path) => {
    if (!path.startsWith("/api/jobs")) return ok({ load: path.endsWith("a") ? 3 : 4 });
    progress = Math.min(100, progress + 40);
    return ok({ progress });
  };
}

function filmBackend(): Backend {
  let failures = 1;
  return (_method, path) => {
    const films = [1, 2, 3, 4].map((id) => ({ id, title: `Film ${id}` }));
    if (path === "/api/films") return ok(films);
    if (path.endsWith("/3") && failures-- > 0) return { status: 500 };
    return ok(films.find(({ id }) => path.endsWith(`/${id}`)));
  };
}

function userBackend(): Backend {
  const names: Record<string, string> = { "1": "Ada" };
  return (method, path, body) => {
    const id = path.at(-1)!;
    if (path.startsWith("/api/badges")) return id === "1" ? { status: 404 } : ok("star");
    if (method === "PUT") names[id] = (JSON.parse(body) as { name: string }).name;
    return names[id] === undefined ? { status: 410 } : ok({ name: names[id] });
  };
}

function basketBackend(): Backend {
  const items = [{ name: "apple", price: 2 }];
  return (method, path, body) => {
    if (path === "/api/basket/total") return ok(items.reduce((sum, { price }) => sum + price, 0));
    if (path !== "/api/basket") return ok({ name: path, price: 3 });
    if (method === "GET") return ok([...items]);
    const item = { name: body, price: 5 };
    items.push(item);
    return ok(item);
  };
}

function noteBackend(): Backend {
  const notes = [{ id: 1, text: "Buy milk" }];
  return (method, path, body) => {
    if (path === "/api/count") return ok(notes.length);
    if (method === "POST")
      notes.push({ id: notes.length + 1, text: `${(JSON.parse(body) as { text: string }).text} (saved)` });
    return ok([...notes]);
  };
}

function swrFilmBackend(): Backend {
  let rating = 3;
  return (method, path, body) => {
    if (path === "/api/rating") {
      if (method === "POST") rating = Number(body);
      return ok(rating);
    }
    if (path === "/api/settings") return ok({ language: "en" });
    if (path.startsWith("/api/directors")) return ok(path.endsWith("7") ? "Kurosawa" : "Varda");
    if (path.startsWith("/api/cast")) return ok(path.endsWith("1") ? ["Nakadai", "Terao"] : ["Marchand"]);
    return path.endsWith("1")
      ? ok({ id: 1, title: "Ran", directorId: 7 })
      : ok({ id: 2, title: "Cleo", directorId: 8 });
  };
}

function bookBackend(): Backend {
  const reviews = [{ id: 1, text: "Long" }];
  let failures = 1;
  return (method, path, body) => {
    const books = [1, 2, 3, 4].map((id) => ({ id, title: `Book ${id}`, author: (id % 2) + 1, stock: id }));
    const page = /page=(\d)/.exec(path)?.[1];
    if (page !== undefined) return ok({ books: page === "1" ? books.slice(0, 2) : books.slice(2), pages: 2 });
    if (path.startsWith("/api/authors")) return ok({ name: path.endsWith("1") ? "Ada" : "Bob" });
    if (!path.endsWith("/reviews")) return ok(books.find(({ id }) => path.endsWith(`/${id}`)));
    if (path.includes("/3/") && failures-- > 0) return { status: 500 };
    if (method === "POST") {
      const review = { id: reviews.length + 1, text: (JSON.parse(body) as { text: string }).text };
      reviews.push(review);
      return ok(review);
    }
    return ok([...reviews]);
  };
}

export const SCENARIOS: Readonly<Record<string, Scenario>> = {
  bookshop: {
    from: "tanstack-query",
    left: [
      "app.tsx:14 gcTime",
      "book-list.tsx:12 prefetchQuery()",
      "book-list.tsx:23 prefetchQuery()",
      "queries.ts:23 initialDataUpdatedAt",
      "queries.ts:38 UseQueryOptions",
    ],
    finish: {
      "app.tsx": [[" gcTime: 10 * 60_000,", ""]],
      "queries.ts": [
        ['import { type UseQueryOptions } from "@tanstack/react-query";\n', ""],
        ["type QueryClient, queryOptions,", "type QueryClient, type QueryOptions, queryOptions,"],
        ["initialDataUpdatedAt: () => client", "initialDataUpdatedAt: client"],
        ["Pick<UseQueryOptions,", "Pick<QueryOptions,"],
      ],
    },
    backend: bookBackend,
    run: async (page) => {
      await page.shows("idleBook 1 by BobBook 2 by Ada");
      page.hover("Book 1 by Bob");
      await page.shows("idleBook 1 by Bob");
      page.click("Book 1 by Bob");
      await page.shows("Book 1, 1 leftLong");
      page.hold();
      page.click("Praise");
      await page.shows("Good (sending)", { whileHeld: true });
      page.release();
      await page.shows("LongGoodPraise");
      page.click("Next");
      await page.shows("Book 3 by BobBook 4 by Ada");
      page.click("Book 3 by Bob");
      await page.shows("Failed: The server said 500");
      page.click(/Failed/);
      await page.shows("Book 3, 3 leftLongGood");
    },
  },
  "todo-optimistic": {
    from: "tanstack-query",
    left: [],
    backend: todoBackend,
    run: async (page) => {
      await page.shows("[ ] Water the plants[x] Feed the cat");
      page.hold();
      page.click(/Water/);
      await page.shows("[x] Water the plants", { whileHeld: true });
      page.release();
      await page.shows("[x] Water the plants[x] Feed the cat");
      page.click(/Feed/);
      await page.shows("[x] Feed the catNot saved: The server said 500");
      page.type("title", "Read");
      page.click("Add");
      await page.shows("[ ] Read");
    },
  },
  "infinite-feed": {
    from: "tanstack-query",
    left: [],
    backend: feedBackend,
    run: async (page) => {
      await page.shows("news, 1 pages");
      page.click("More");
      await page.shows("news, 2 pages");
      page.click("Like 3: 0");
      await page.shows("Post 3 Like 3: 1");
      page.click("Sport");
      await page.shows("sport, 1 pages");
      page.click("More");
      await page.shows("sport, 2 pages");
      page.click("More");
      await page.shows("The end");
    },
  },
  search: {
    from: "tanstack-query",
    left: [],
    backend: () => (_method, path) => ok([`${path} one`, `${path} two`]),
    run: async (page) => {
      await page.shows("Type two letters");
      page.type("search", "ra");
      await page.shows("/api/search?q=ra two2 found");
      page.hold();
      page.type("search", "ran");
      await page.shows("q=ra twosearching", { whileHeld: true });
      page.release();
      await page.shows("/api/search?q=ran two2 found");
      page.type("search", "ra");
      await page.shows("/api/search?q=ra two2 found");
      page.click("Again");
      await page.shows("2 found");
    },
  },
  auth: {
    from: "tanstack-query",
    left: ["account.tsx:12 error", "app.tsx:13 gcTime", "use-auth.ts:24 removeQueries()"],
    finish: {
      "account.tsx": [["error === null", "error === undefined"]],
      "app.tsx": [["      gcTime: 10 * 60 * 1000,\n", ""]],
      // When the orders are off screen.
      "use-auth.ts": [
        [
          'client.removeQueries({ queryKey: ["orders"] });',
          'setTimeout(() => client.removeQueries({ queryKey: ["orders"] }));',
        ],
      ],
    },
    backend: authBackend,
    run: async (page) => {
      await page.shows("Sign in");
      page.click("Sign in");
      await page.shows("Try again: HTTP 401");
      page.click(/Try again/);
      await page.shows("Failed: orders: HTTP 403Hello AdaNo orders: HTTP 403");
      page.click("Sign out");
      await page.shows("Sign in");
    },
  },
  "polling-dashboard": {
    from: "tanstack-query",
    left: ["job.jsx:11 gcTime"],
    finish: { "job.jsx": [["\t\tgcTime: 0,\n", ""]] },
    isPolling: true,
    backend: jobBackend,
    run: (page) => page.shows("servers are thereJob: 100%Load: 7"),
  },
  "prefetch-hover": {
    from: "tanstack-query",
    left: [],
    backend: filmBackend,
    run: async (page) => {
      await page.shows("Film 1Film 2Film 3");
      page.hover("Film 2");
      await page.shows("Film 3");
      page.click("Film 2");
      await page.shows("Film 2, one of 4");
      page.click("Film 3");
      await page.shows("No answer from /api/films/3. Again");
      page.click(/Again/);
      await page.shows("Film 3, one of 4");
    },
  },
  ssr: {
    from: "tanstack-query",
    left: [],
    backend: () => (_method, path) => ok(path.endsWith("news") ? "All is well" : "Rain"),
    run: async (page) => {
      // The server sends the news alone: the page loads the weather, and nothing else.
      const html = await page.serverHtml();
      await page.shows("News: All is wellWeather: Rain");
      page.note(html);
    },
  },
  dependent: {
    from: "tanstack-query",
    left: [],
    backend: () => (_method, path) => {
      if (path.startsWith("/api/users")) return ok({ id: 5, name: "Ada" });
      if (path.startsWith("/api/projects")) return ok(["engine", "notes"]);
      return path.endsWith("engine") ? ok(["a", "b"]) : { status: 500 };
    },
    run: (page) => page.shows("engine 2 tasksnotes no tasks (2 tries)"),
  },
  "wrapped-hooks": {
    from: "tanstack-query",
    left: ["profile.tsx:10 error", "use-api.ts:18 useQuery"],
    finish: {
      "profile.tsx": [["error !== null", "error !== undefined"]],
      "use-api.ts": [
        ["  useQuery as useRead,\n", ""],
        ['from "@tanstack/react-query";\n', 'from "macho-cache/react";\n'],
        [
          'useRead<T, ApiError>({ queryKey: ["strict", path], queryFn:',
          'useCachedQuery<T>({ queryKey: ["strict", path], fetcher:',
        ],
      ],
      "badge.tsx": [
        ["error.status", "(error as ApiError).status"],
        ['from "./use-api";', 'from "./use-api";\nimport type { ApiError } from "./send";'],
      ],
    },
    backend: userBackend,
    run: async (page) => {
      await page.shows("Adano badge (404)Status 410");
      page.click("Ada");
      await page.shows("Ada!no badge (404)Status 410");
    },
  },
  "service-layer": {
    from: "tanstack-query",
    left: ["basket-service.ts:39 QueryFunctionContext", "basket.tsx:10 queryFn", "warm-up.ts:6 prefetchQuery()"],
    finish: {
      "basket-service.ts": [
        [
          '({ queryKey, signal }: QueryFunctionContext<readonly ["basket", "item", string]>)',
          '(queryKey: readonly ["basket", "item", string], { signal }: FetchContext)',
        ],
        [
          'import type { QueryFunctionContext } from "@tanstack/react-query";\n',
          'import type { FetchContext } from "macho-cache/react";\n',
        ],
      ],
      "basket.tsx": [["queryFn: basketService.loadItem", "fetcher: basketService.loadItem"]],
      "warm-up.ts": [["queryFn:", "fetcher:"]],
    },
    backend: basketBackend,
    run: async (page) => {
      await page.shows("apple; a pear is 3");
      page.click("Load");
      page.click("Add");
      await page.shows("apple, plum; a pear is 3");
      page.click(/Total/);
      await page.shows("Total: 7");
      page.click("Warm up");
      await page.shows("Total: 7");
    },
  },
  "swr-mutate": {
    from: "swr",
    left: ["count.jsx:5 isValidating", "count.jsx:5 mutate", "reset.js:4 mutate"],
    finish: {
      "reset.js": [
        ['import { mutate } from "swr";', 'import { client } from "./app";'],
        [
          'export const reset = () => mutate("/api/count", 0);',
          'export const reset = () => {\n  client.setQueryData("/api/count", 0);\n  return client.invalidateQueries({ queryKey: "/api/count", exact: true });\n};',
        ],
      ],
      "count.jsx": [["isValidating, mutate: again", "isFetching: isValidating, refetch: again"]],
      "app.jsx": [["const client =", "export const client ="]],
    },
    backend: noteBackend,
    run: async (page) => {
      await page.shows("1 notesCountResetBuy milk");
      page.type("note", "Call Ada");
      page.hold();
      page.click("Save");
      await page.shows("Buy milkCall Ada", { whileHeld: true });
      page.release();
      await page.shows("2 notesCountResetBuy milkCall Ada (saved)");
      page.click("Count");
      await page.shows("2 notesCount");
      page.hold();
      page.click("Reset");
      await page.shows("0 notes", { whileHeld: true });
      page.release();
      await page.shows("2 notesCount");
    },
  },
  "swr-films": {
    from: "swr",
    left: [],
    backend: swrFilmBackend,
    run: async (page) => {
      await page.shows("Pick a film");
      page.click("One");
      await page.shows("Ranby Kurosawa, with Nakadai and TeraoRateAgainen, rated 3");
      page.click("Rate");
      await page.shows("rated 5");
      page.click("Two");
      await page.shows("Cleoby Varda, with Marchand");
      page.hold();
      page.click("Again");
      await page.shows("Loading again", { whileHeld: true });
      page.release();
      await page.shows("RateAgain");
    },
  },
};
