import { mutateQuery, type QueryClient } from "macho-cache/react";
import { answerOptions, conversationsKey, sendQuestion, turnsKey } from "./api.ts";
import type { Turn } from "./server/conversations.ts";

/** Asks, and shows the question at once. @throws what the server has against it; the question is taken back then */
export async function ask(client: QueryClient, conversation: number, question: string): Promise<void> {
  const turn = await mutateQuery<readonly Turn[], Turn>(
    client,
    turnsKey(conversation),
    () => sendQuestion(conversation, question),
    {
      optimisticData: (_committed, turns = []) => [...turns, { id: -1 - turns.length, question }],
      populateCache: (saved, turns = []) => [...turns, saved],
      revalidate: false,
    },
  );
  if (turn) readAnswer(client, turn.id);
  // The first question is the title.
  void client.invalidateQueries(conversationsKey);
}

/** Loads an answer, or goes on with it. The call waits for the end: the answer goes on when nobody shows it. */
export function readAnswer(client: QueryClient, turn: number): void {
  void client.prefetchQuery(answerOptions(turn));
}
