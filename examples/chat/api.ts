import { type KeyedQueryOptions, queryOptions, streamedQuery } from "macho-cache/react";
import { chunksOf } from "./chunks.ts";
import type { Conversation, Turn } from "./server/conversations.ts";
import type { Settings } from "./server/model.ts";

export const conversationsKey = ["conversations"] as const;
export const labKey = ["lab"] as const;

type TurnsKey = readonly ["turns", number];
type AnswerKey = readonly ["answer", number];

/** The questions of a conversation. */
export const turnsKey = (conversation: number): TurnsKey => ["turns", conversation];
/** The answer to one of them. */
export const answerKey = (turn: number): AnswerKey => ["answer", turn];

interface Context {
  readonly signal: AbortSignal;
}

export function fetchConversations(
  _key: typeof conversationsKey,
  { signal }: Context,
): Promise<readonly Conversation[]> {
  return request("conversations", { signal });
}

export function fetchTurns([, conversation]: TurnsKey, { signal }: Context): Promise<readonly Turn[]> {
  return request(`conversations/${conversation}/turns`, { signal });
}

export function fetchLab(_key: typeof labKey, { signal }: Context): Promise<Settings> {
  return request("lab", { signal });
}

const fetchAnswer = streamedQuery({
  // Go on after the text that is there already.
  stream: async ([, turn]: AnswerKey, { signal, previous = "" }) => {
    const response = await fetch(`/api/answers/${turn}?from=${(previous as string).length}`, { signal });
    if (!response.ok) throw new Error(`There is no answer: ${response.status}`);
    return chunksOf(response);
  },
  reducer: (text: string, chunk: string) => text + chunk,
  initialValue: "",
  refetchMode: "append",
});

/** For the hook that shows an answer, and for the call that asks for it. */
export const answerOptions = (turn: number): KeyedQueryOptions<string, AnswerKey> =>
  queryOptions({
    queryKey: answerKey(turn),
    fetcher: fetchAnswer,
    // An incomplete answer is stale. It goes on when somebody says so, and not by itself.
    refetchOnMount: false,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });

export function addConversation(): Promise<Conversation> {
  return post("conversations", {});
}

export function sendQuestion(conversation: number, question: string): Promise<Turn> {
  return post(`conversations/${conversation}/turns`, { question });
}

export function sendLab(settings: Partial<Settings>): Promise<Settings> {
  return post("lab", settings);
}

/** Cuts the connection of the answers that are being written. */
export function cutConnection(): Promise<void> {
  return post("cut", {});
}

function post<T>(path: string, body: object): Promise<T> {
  return request(path, { method: "POST", body: JSON.stringify(body) });
}

async function request<T>(path: string, init: RequestInit): Promise<T> {
  const response = await fetch(`/api/${path}`, init);
  const body: unknown = await response.json();
  // The server is this example's own, in ./server, and shares its types.
  if (response.ok) return body as T;
  throw new Error((body as { error: string }).error);
}
