import { Answer, tagsOf } from "../machine/answer.ts";
import type { HookInput } from "../machine/watcher.ts";
import { type QueryState, successState } from "../model/state.ts";

/** The clocks of a client. */
interface Clocks {
  readonly now: () => number;
  wallNow(): number;
  ttlLeft(ttl: number | undefined, age: number): number | undefined;
}

/** The answer that a hook's `initialData` stands for, if there is some that is not too old. It does not count as a load. */
export function initialAnswer(input: HookInput, absent: QueryState, clocks: Clocks): Answer | undefined {
  const { options } = input;
  const { initialData, initialDataUpdatedAt, ttl } = options;
  const data: unknown = typeof initialData === "function" ? initialData() : initialData;
  if (data === undefined) return undefined;
  const wall = clocks.wallNow();
  const at = initialDataUpdatedAt ?? wall;
  const age = Math.max(0, wall - at);
  if (clocks.ttlLeft(ttl, age)! <= 0) return undefined;
  const state = { ...successState(absent, data, at), dataUpdateCount: 0 };
  return new Answer(state, clocks.now() - age, tagsOf(options, data), input);
}
