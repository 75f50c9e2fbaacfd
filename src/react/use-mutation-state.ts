import { useRef } from "react";
import { type Mutation, type MutationFilter, mutationsOf, type MutationState } from "../query/index.ts";
import { isSame } from "../query/internal.ts";
import { useQueryClient } from "./context.ts";
import { useMutations } from "./use-mutations.ts";

/** Options of `useMutationState`. */
export interface MutationStateOptions<R> {
  /** Which mutations. @defaultValue all that are known */
  readonly filters?: MutationFilter | undefined;
  /** What is shown of each. It may make a new object at each call. @defaultValue its state */
  readonly select?: ((mutation: Mutation) => R) | undefined;
}

/** A selection, and the states that it was made of. */
interface Selection<R> {
  readonly select: (mutation: Mutation) => R;
  readonly states: readonly MutationState[];
  readonly selected: readonly R[];
}

const NONE: readonly never[] = Object.freeze([]);

/**
 * What is selected of the mutations of this client, in the order of their calls: those that run, those that a hook
 * shows, and the last 100 that settled. The same array until something of them has changed.
 *
 * @example
 * const titles = useMutationState({
 *   filters: { mutationKey: ["add"], status: "pending" },
 *   select: (mutation) => mutation.state.variables as string,
 * });
 */
export function useMutationState<R = MutationState>({
  filters,
  select = stateOf as (mutation: Mutation) => R,
}: MutationStateOptions<R> = {}): readonly R[] {
  const store = mutationsOf(useQueryClient());
  const last = useRef<Selection<R> | undefined>(undefined);
  const read = (): readonly R[] =>
    (last.current = selection(store.getMutations(filters), select, last.current)).selected;
  return useMutations(store, read, NONE);
}

const stateOf = (mutation: Mutation): MutationState => mutation.state;

function selection<R>(
  mutations: readonly Mutation[],
  select: (mutation: Mutation) => R,
  last: Selection<R> | undefined,
): Selection<R> {
  const states = mutations.map(stateOf);
  if (last?.select === select && isSame(states, last.states)) return last;
  const selected = mutations.map((mutation) => select(mutation));
  // Another function often selects the same.
  return {
    select,
    states,
    selected: last && isSame(selected, last.selected) ? last.selected : Object.freeze(selected),
  };
}
