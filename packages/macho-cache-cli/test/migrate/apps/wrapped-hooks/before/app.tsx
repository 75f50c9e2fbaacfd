import { QueryClient, QueryClientProvider as Provider } from "@tanstack/react-query";
import { Profile } from "./profile";

const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false } } });

export function App() {
  return (
    <Provider client={queryClient}>
      <Profile id={1} />
      <Profile id={2} />
    </Provider>
  );
}
