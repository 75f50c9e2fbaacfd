// A state that hooks show in the place of what is known of a key, for a look at how an app bears it. Nothing else does.
import { guarded } from "../../core/lru/internal.ts";
import { errorState, pendingState, type QueryState } from "../model/state.ts";
import type { QueryKey } from "../key/key.ts";

/** What hooks show until it ends. */
export interface Feigned {
  readonly state: QueryState;
  /** Resolves when it ends: a component that suspends waits for it. */
  readonly end: Promise<void>;
}

/** What is asked of the store of a client. */
interface Stage {
  feigned: Map<string, Feigned> | undefined;
  readonly live: ReadonlyMap<string, { readonly watchers: readonly { changed(): void }[] }>;
  find(hash: string): { readonly state: QueryState } | undefined;
  wallNow(): number;
  changed(query: Pick<QueryState, "key" | "hash">): void;
}

/**
 * Has the hooks of a key show that it is loading, or that it failed. What is known of it, loads and calls go on as ever.
 * @param failure whether and with what it failed
 * @returns the undo, which works once: hooks show what is known by then
 */
export function feign(stage: Stage, key: QueryKey, hash: string, failure?: { readonly error: unknown }): () => void {
  const { dataUpdateCount = 0, errorUpdateCount = 0 } = stage.find(hash)?.state ?? {};
  const known: QueryState = { ...pendingState(key, hash), dataUpdateCount, errorUpdateCount };
  const state: QueryState = failure
    ? errorState(known, failure.error, stage.wallNow())
    : { ...known, fetchStatus: "fetching" };
  let resolve!: () => void;
  const feigned: Feigned = { state, end: new Promise<void>((end) => (resolve = end)) };
  (stage.feigned ??= new Map()).set(hash, feigned);
  tell(stage, key, hash);
  return () => {
    resolve();
    // Another one may stand in its place.
    if (stage.feigned?.get(hash) !== feigned) return;
    stage.feigned.delete(hash);
    if (stage.feigned.size === 0) stage.feigned = undefined;
    tell(stage, key, hash);
  };
}

function tell(stage: Stage, key: QueryKey, hash: string): void {
  // A copy: what one hook does may unmount another one.
  for (const watcher of stage.live.get(hash)?.watchers.slice() ?? []) guarded(() => watcher.changed());
  stage.changed({ key, hash });
}
