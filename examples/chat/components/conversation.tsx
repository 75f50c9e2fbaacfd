import { useCachedQuery } from "macho-cache/react";
import type { ReactElement } from "react";
import { fetchTurns, turnsKey } from "../api.ts";
import { useStickToEnd } from "../stick-to-end.ts";
import { Answer } from "./answer.tsx";
import { Failure } from "./failure.tsx";
import { QuestionForm } from "./question-form.tsx";
import { RenderCount } from "./render-count.tsx";

export function Conversation({ id }: { readonly id: number }): ReactElement {
  const { data: turns = [], error, isPending, refetch } = useCachedQuery(turnsKey(id), fetchTurns);
  const messages = useStickToEnd<HTMLElement>();
  return (
    <>
      <section ref={messages} className="messages" aria-label="Messages" tabIndex={0}>
        <div>
          {isPending && <p>Loading …</p>}
          {error !== undefined && <Failure text="The conversation did not come." onRetry={() => void refetch()} />}
          {turns.map((turn) => (
            <article key={turn.id} aria-label={turn.question}>
              <p className="question">{turn.question}</p>
              {/* A negative id: the server has not heard of the question yet. */}
              {turn.id > 0 && <Answer turn={turn.id} />}
            </article>
          ))}
          <p className="figure">
            Conversation: <RenderCount />
          </p>
        </div>
      </section>
      <QuestionForm conversation={id} />
    </>
  );
}
