import useSWR from "swr";

export const useCount = () => useSWR("/api/count", { refreshInterval: 0, dedupingInterval: 100 });
