import { useMemo, useRef } from "react";
import { useSyncExternalStore } from "use-sync-external-store/shim";
import { MutationObserver, type MutationOptions, type MutationResult, mutationsOf } from "../query/index.ts";
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
  const { throwOnError } = mutationsOf(client).resolve("useCachedMutation", options);
  // In a ref and not in a memo, which Fast Refresh makes anew: a call under way would be lost.
  const shown = useRef<MutationObserver<T, Variables, Context> | undefined>(undefined);
  let observer = shown.current;
  if (!observer?.isOf(client)) observer = new MutationObserver(client, options, observer);
  useFirstEffect(() => {
    shown.current = observer;
    observer.update(options);
  });
  const snapshot = useSyncExternalStore(observer.subscribe, observer.getSnapshot, observer.getServerSnapshot);
  if (throwOnError !== false) observer.noteRead("isError");
  const { isError, error } = snapshot;
  if (isError && (typeof throwOnError === "function" ? throwOnError(error) : throwOnError)) throw error;
  // The newest, also in fields whose changes were not told.
  const result = observer.getResult();
  return useMemo(() => tracked(result, observer), [result, observer]);
}
