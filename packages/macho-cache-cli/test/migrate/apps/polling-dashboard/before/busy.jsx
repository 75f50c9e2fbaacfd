import { useIsFetching as useBusy } from "@tanstack/react-query";

export const Busy = () => {
	const count = useBusy({ queryKey: ["server"] });
	return <p>{count > 0 ? "loading servers" : "servers are there"}</p>;
};
