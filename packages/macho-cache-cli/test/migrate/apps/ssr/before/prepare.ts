import { dehydrate } from "@tanstack/react-query";
import { createClient } from "./create-client";
import { news, weather } from "./queries";

/** What the server loads before it renders. */
export async function prepare() {
  const queryClient = createClient();
  await Promise.all([queryClient.prefetchQuery(news), queryClient.prefetchQuery(weather)]);
  return dehydrate(queryClient, {
    shouldDehydrateQuery: (query) => query.state.status === "success" && query.queryKey[0] !== "weather",
  });
}
