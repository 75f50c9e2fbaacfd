import { QueryClient } from "@tanstack/react-query";

export const client: QueryClient = new QueryClient({ defaultOptions: { queries: { staleTime: 60_000, retry: 0 } } });
