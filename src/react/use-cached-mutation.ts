import { useMemo, useState } from "react";
import { useSyncExternalStore } from "use-sync-external-store/shim";
import { MutationObserver, type MutationOptions, type MutationResult } from "../query/index.ts";
import { callsOf } from "../query/internal.ts";
import { useQueryClient } from "./context.ts";
import { useFirstEffect } from "./first-effect.ts";
import { tracked } from "./tracked.ts";

/**
 * A function that changes something elsewhere, and the state of its latest call. A call runs on after an unmount, and
 * then only the callbacks of the options hear of it. The component renders again only when a field that it read has
 * changed.
 *
 * @throws MachoError for an option that cannot be used, and outside of `<MachoProvider>`; with `throwOnError`, what the
 * latest call failed with
 *
 * @example
 * const { mutate, isPending } = useCachedMutation({
 *   mutationFn: (title: string, { signal }) => rename(title, signal),
 *   onSettled: (data, error, title, context, { client }) => client.invalidateQueries(["film"]),
 * });
 */
export function useCachedMutation<T, Variables = void, Context = unknown>(
  options: MutationOptions<T, Variables, Context>,
): MutationResult<T, Variables, Context> {
  const client = useQueryClient();
  const { throwOnError } = callsOf(client).resolve("useCachedMutation", options);
  // Not in a memo, which Fast Refresh makes anew: a call under way would be lost.
  const [observer] = useState(() => new MutationObserver(client, options));
  useFirstEffect(() => observer.update(options, client));
  useSyncExternalStore(observer.subscribe, observer.getSnapshot, observer.getServerSnapshot);
  if (throwOnError !== false) observer.noteRead("isError");
  // The newest, also in fields whose changes were not told. With another client, nothing was called yet.
  const result = observer.isOf(client) ? observer.getResult() : observer.getServerSnapshot();
  const { isError, error } = result;
  if (isError && (typeof throwOnError === "function" ? throwOnError(error) : throwOnError)) throw error;
  return useMemo(() => tracked(result, observer), [result, observer]);
}
