import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { ReactQueryDevtools } from "@tanstack/react-query-devtools/production";
import { createElement } from "react";
import { createRoot } from "react-dom/client";

export function createSubject(keys) {
  const client = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity, gcTime: Infinity } } });
  const names = Array.from({ length: keys }, (_, index) => ["users", index]);
  const set = (index, value) => client.setQueryData(names[index], { id: value, name: `User ${index}` });
  for (let index = 0; index < keys; index++) set(index, index);
  const button = () => document.querySelector(".tsqd-open-btn-container button, .tsqd-open-btn");
  return {
    keys,
    set,
    async mount() {
      const devtools = createElement(ReactQueryDevtools, { initialIsOpen: false });
      createRoot(document.querySelector("#app")).render(createElement(QueryClientProvider, { client }, devtools));
      while (button() === null) await new Promise((next) => setTimeout(next, 5));
    },
    button,
    hasRows: () => document.querySelector(".tsqd-query-row") !== null,
  };
}
