import { mutate } from "swr";

/** The count is shown as nothing, and loaded. */
export const reset = () => mutate("/api/count", 0);
