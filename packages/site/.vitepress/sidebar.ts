/** A group of pages of the sidebar: its title, and its pages as paths below `docs`. */
export interface Group {
  readonly text: string;
  readonly pages: readonly (readonly [text: string, page: string])[];
}

/** Every page of the site but the generated ones, in the order of the sidebar. */
export const GROUPS: readonly Group[] = [
  { text: "Start", pages: [["Start", "start"]] },
  {
    text: "Guides",
    pages: [
      ["Queries", "queries"],
      ["Fresh data", "fresh-data"],
      ["The client", "client"],
      ["Types", "types"],
      ["Suspense and errors", "suspense-and-errors"],
      ["Lists, streams and state", "lists-and-streams"],
      ["Mutations", "mutations"],
      ["Persistence", "persistence"],
      ["Storages", "storages"],
      ["Several tabs", "tabs"],
      ["Encryption", "encryption"],
      ["Servers", "servers"],
      ["What persistence promises", "persistence-promises"],
      ["Server rendering", "server-rendering"],
      ["Frameworks, bundlers and hosts", "frameworks"],
      ["Without a bundler", "without-a-bundler"],
      ["Testing", "testing"],
      ["The engine", "engine"],
      ["What is not there", "what-is-not-there"],
    ],
  },
  {
    text: "Recipes",
    pages: [
      ["Search as you type", "recipes/search-as-you-type"],
      ["Pages and endless lists", "recipes/pages-and-endless-lists"],
      ["Optimistic lists and counters", "recipes/optimistic-lists"],
      ["Auth and logout", "recipes/auth-and-logout"],
      ["Polling with back-off", "recipes/polling"],
      ["Streaming answers of a model", "recipes/streaming-answers"],
      ["Forms", "recipes/forms"],
      ["Prefetch on hover and in a loader", "recipes/prefetch"],
      ["Next App Router", "recipes/next"],
      ["React Router", "recipes/react-router"],
      ["TanStack Start", "recipes/tanstack-start"],
      ["Astro", "recipes/astro"],
      ["Vite with server rendering", "recipes/vite-ssr"],
      ["Workers", "recipes/workers"],
      ["Tests in Vitest, Jest and Testing Library", "recipes/tests"],
    ],
  },
  {
    text: "Coming from",
    pages: [
      ["TanStack Query", "from-tanstack-query"],
      ["TanStack's persisters", "from-tanstack-persisters"],
      ["SWR", "from-swr"],
      ["lru-cache", "from-lru-cache"],
      ["RTK Query", "from-rtk-query"],
      ["Apollo Client", "from-apollo"],
      ["Macho for Python", "coming-from-python"],
    ],
  },
  {
    text: "Panel and command",
    pages: [
      ["The panel", "panel"],
      ["The command", "command"],
      ["Why is the hit ratio low? Five minutes", "hit-ratio-in-five-minutes"],
      ["Find the fault", "find-the-fault"],
      ["Lint rules", "lint-rules"],
    ],
  },
  {
    text: "Policy and size",
    pages: [
      ["Which policy, which size", "which-policy-which-size"],
      ["Policies", "policies"],
      ["What other settings would have given", "simulate"],
    ],
  },
  {
    text: "How it works",
    pages: [
      ["How a hook gets its data", "how-a-hook-gets-its-data"],
      ["How cache.get works", "how-cache-get-works"],
      ["Behaviours", "behaviours"],
    ],
  },
  { text: "Figures", pages: [["Benchmarks and weights", "benchmarks"]] },
];
