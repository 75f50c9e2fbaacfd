import { useMemo, useState } from "react";
import { useSyncExternalStore } from "use-sync-external-store/shim";
import { MutationObserver, type MutationOptions, type MutationResult, mutationsOf } from "../query/index.ts";
import { useQueryClient } from "./context.ts";
import { useFirstEffect } from "./first-effect.ts";
import { tracked } from "./tracked.ts";

/** What one hook remembers from render to render: the observer that is on screen. */
interface Memory<T, Variables, Context> {
  shown: MutationObserver<T, Variables, Context> | undefined;
}

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
  // Not in a memo, which Fast Refresh makes anew: a call under way would be lost.
  const [memory] = useState<Memory<T, Variables, Context>>(() => ({ shown: undefined }));
  let observer = memory.shown;
  if (!observer?.isOf(client)) observer = new MutationObserver(client, options, observer);
  useFirstEffect(() => {
    memory.shown = observer;
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
