import { Answer } from "../machine/answer.ts";
import { tagsOf } from "../machine/prepared.ts";
import { successState, type QueryState } from "../model/state.ts";
import type { Watcher } from "../machine/watcher.ts";

/** The clocks of a client. */
interface Clocks {
  readonly now: () => number;
  wallNow(): number;
  ttlLeft(ttl: number | undefined, age: number): number | undefined;
}

/** The answer that a hook's `initialData` stands for, if it has some that is not too old. It does not count as a load. */
export function initialAnswer(
  { fetcher, options }: Pick<Watcher, "fetcher" | "options">,
  absent: QueryState,
  clocks: Clocks,
): Answer | undefined {
  const { initialData, initialDataUpdatedAt, tags } = options;
  const data: unknown = typeof initialData === "function" ? initialData() : initialData;
  if (data === undefined) return undefined;
  const wall = clocks.wallNow();
  const at = initialDataUpdatedAt ?? wall;
  const age = Math.max(0, wall - at);
  if ((clocks.ttlLeft(options.ttl, age) ?? 1) <= 0) return undefined;
  const state = { ...successState(absent, data, at), dataUpdateCount: 0 };
  return new Answer(state, clocks.now() - age, {
    fetcher,
    options,
    ownStaleTime: undefined,
    tags: tagsOf(tags, data),
    staleTime: 0,
  });
}
