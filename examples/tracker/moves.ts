import { isMutating, type MutationState, useCachedMutation, useMutationState } from "macho-cache/react";
import { issuesKey, labKey, listsKey, sendMove } from "./api.ts";
import { type Issue, type Move, moved } from "./board.ts";

const moveKey = ["move"] as const;

/** A move that the server has not answered yet. */
export interface PendingMove {
  readonly move: Move;
  /** It was not sent yet: it waits for the network, or for the moves before it. */
  readonly isWaiting: boolean;
}

export type Refused = (move: Move, error: unknown) => void;

/** A function that moves an issue. It may be called again before the server has answered. */
export function useMove(onRefused: Refused): (move: Move) => void {
  const { mutate } = useCachedMutation<void, Move>({
    mutationKey: moveKey,
    // One after the other, in the order of the calls. Offline they wait, and go in this order when the network is back.
    scope: { id: "moves" },
    mutationFn: sendMove,
    // The move is pending until this has run, so the card does not jump back in between.
    onSuccess: (_answer, move, _context, { client }) => {
      client.setQueriesData<readonly Issue[]>(listsKey, (issues) => issues && moved(issues, move));
    },
    // Nothing is rolled back: a move that failed is not pending any more, so it is not shown any more.
    onError: (error, move, _context, { client }) => {
      onRefused(move, error);
      // The server refuses one move, and then none.
      void client.invalidateQueries(labKey);
    },
    // The last of the moves asks the server how it sees the board.
    onSettled: (_answer, _error, _move, _context, { client }) => {
      if (isMutating(client, { mutationKey: moveKey }) === 1) void client.invalidateQueries(issuesKey);
    },
  });
  return mutate;
}

/** The moves that the server has not answered yet, in the order of the calls. */
export function usePendingMoves(): readonly PendingMove[] {
  return useMutationState({ filters: { mutationKey: moveKey, status: "pending" }, select: pendingMove });
}

function pendingMove({ state }: { readonly state: MutationState }): PendingMove {
  // `useMove` has no other variables.
  return { move: state.variables as Move, isWaiting: state.isPaused };
}
