import { mutateQuery, useCachedMutation, useQueryClient } from "macho-cache/react";
import { type FormEvent, type ReactElement, useState } from "react";
import { issueKey, listsKey, sendComment } from "../api.ts";
import type { Comment, IssueDetail } from "../server/issues.ts";

/** A comment is shown at once. Offline it waits; one that fails is taken back, and its text is in the field again. */
export function CommentForm({ issue }: { readonly issue: IssueDetail }): ReactElement {
  const [text, setText] = useState("");
  const client = useQueryClient();
  const { mutateAsync, isPaused, error } = useCachedMutation<Comment, string>({
    scope: { id: `comments of ${issue.id}` },
    mutationFn: (comment, call) => sendComment(issue.id, comment, call),
  });

  async function add(comment: string): Promise<void> {
    setText("");
    const draft: Comment = { id: -1 - issue.comments.length, author: "You", text: comment };
    try {
      // Several comments may be under way: each builds on what those before it show.
      await mutateQuery<IssueDetail, Comment>(client, issueKey(issue.id), () => mutateAsync(comment), {
        optimisticData: (_committed, shown = issue) => withComment(shown, draft),
        populateCache: (saved, shown = issue) => withComment(shown, saved),
      });
      void client.invalidateQueries(listsKey);
    } catch {
      setText(comment);
    }
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (text.trim() !== "") void add(text.trim());
  }

  return (
    <form onSubmit={submit}>
      <label>
        New comment
        <input value={text} maxLength={500} onChange={(event) => setText(event.target.value)} />
      </label>
      <button type="submit">Add</button>
      <p role="status">{isPaused && "The comment is sent when the network is back."}</p>
      <p role="alert">{error instanceof Error && `The comment was not saved. ${error.message}`}</p>
    </form>
  );
}

function withComment(issue: IssueDetail, comment: Comment): IssueDetail {
  return { ...issue, comments: [...issue.comments, comment] };
}
