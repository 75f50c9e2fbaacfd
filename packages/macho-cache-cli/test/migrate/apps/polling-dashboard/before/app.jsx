import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { Busy } from "./busy";
import { Job } from "./job";
import { Servers } from "./servers";

const queryClient = new QueryClient();

export function App() {
	return (
		<QueryClientProvider client={queryClient}>
			<Busy />
			<Job id={7} />
			<Servers names={["a", "b"]} />
		</QueryClientProvider>
	);
}
