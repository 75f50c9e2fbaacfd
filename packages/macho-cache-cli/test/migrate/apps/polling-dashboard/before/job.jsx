import { useQuery } from "@tanstack/react-query";
import { loadJob } from "./api";

/* Polls until the job is done. */
export function Job({ id }) {
	const job = useQuery({
		queryKey: ["job", id],
		queryFn: ({ queryKey }) => loadJob(queryKey[1]),
		refetchInterval: (query) => (query.state.data?.progress === 100 ? false : 20),
		refetchIntervalInBackground: true,
		gcTime: 0,
	});
	return <p>Job: {job.isSuccess ? `${job.data.progress}%` : "..."}</p>;
}
