import { useState } from "react";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { Feed } from "./feed";

export function App() {
  const [client] = useState(() => new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } }));
  const [tag, setTag] = useState("news");
  return (
    <QueryClientProvider client={client}>
      <button type="button" onClick={() => setTag("sport")}>Sport</button>
      <Feed tag={tag} />
    </QueryClientProvider>
  );
}
