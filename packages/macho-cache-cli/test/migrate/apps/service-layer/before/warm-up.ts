import { api } from "./api";
import { queryClient } from "./query-client";

/** Nothing of the library is imported here. */
export async function warmUp(): Promise<void> {
  await queryClient.prefetchQuery({ queryKey: ["basket", "fig"], queryFn: () => api.item("fig") });
}
