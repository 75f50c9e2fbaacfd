import { useCachedMutation, useCachedQuery } from "macho-cache/react";
import type { ReactElement } from "react";
import { addConversation, conversationsKey, fetchConversations } from "../api.ts";
import type { Conversation } from "../server/conversations.ts";
import { Failure } from "./failure.tsx";

export function ConversationList({ current }: { readonly current: number }): ReactElement {
  const { data: conversations = [], error, refetch } = useCachedQuery(conversationsKey, fetchConversations);
  const { mutate: add, isPending } = useCachedMutation<Conversation>({
    mutationFn: addConversation,
    onSuccess: (added, _nothing, _context, { client }) => {
      client.setQueryData<readonly Conversation[]>(conversationsKey, (old = []) => [...old, added]);
      location.hash = `#${added.id}`;
    },
  });
  return (
    <nav aria-label="Conversations">
      {error !== undefined && <Failure text="The conversations did not come." onRetry={() => void refetch()} />}
      <ul>
        {conversations.map(({ id, title }) => (
          <li key={id}>
            <a href={`#${id}`} aria-current={id === current ? "page" : undefined}>
              {title}
            </a>
          </li>
        ))}
      </ul>
      <button type="button" disabled={isPending} onClick={() => add()}>
        New conversation
      </button>
    </nav>
  );
}
