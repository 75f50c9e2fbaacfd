import { useQueries } from "@tanstack/react-query";
import { loadServer } from "./api";
import { total } from "./total";

export function Servers({ names }) {
	const { load, isPending } = useQueries({
		queries: names.map((name) => ({
			queryKey: ["server", name],
			queryFn: () => loadServer(name),
			staleTime: 5_000,
		})),
		combine: total,
	});
	return <p>Load: {isPending ? "?" : load}</p>;
}
