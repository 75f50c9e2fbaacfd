import * as ReactQuery from "@tanstack/react-query";
import { Projects } from "./projects";

const client = new ReactQuery.QueryClient({ defaultOptions: { queries: { retry: 1, retryDelay: 1 } } });

export const App = () => (
  <ReactQuery.QueryClientProvider client={client}>
    <Projects email="ada@example.org" />
  </ReactQuery.QueryClientProvider>
);
