import { useCachedState, useQueryClient } from "macho-cache/react";
import { type FormEvent, type ReactElement, useState } from "react";
import { ask } from "../ask.ts";

export function QuestionForm({ conversation }: { readonly conversation: number }): ReactElement {
  const client = useQueryClient();
  // In the cache: a draft is still there when somebody comes back to the conversation.
  const [draft, setDraft] = useCachedState(["draft", conversation], "");
  const [problem, setProblem] = useState("");

  async function submit(event: FormEvent): Promise<void> {
    event.preventDefault();
    const question = draft.trim();
    if (question === "") return;
    setDraft("");
    setProblem("");
    try {
      await ask(client, conversation, question);
    } catch (error) {
      setDraft(question);
      setProblem(error instanceof Error ? error.message : String(error));
    }
  }

  return (
    <form onSubmit={(event) => void submit(event)}>
      <label>
        <span className="hidden">Question</span>
        <input
          value={draft}
          maxLength={300}
          placeholder="Ask about caches"
          autoComplete="off"
          onChange={(event) => setDraft(event.target.value)}
        />
      </label>
      <button type="submit">Ask</button>
      <p role="alert">{problem && `The question was not sent. ${problem}`}</p>
    </form>
  );
}
