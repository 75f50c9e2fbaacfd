import { useCachedQuery, useQueryClient } from "macho-cache/react";
import { type ReactElement, useState } from "react";
import { answerKey, answerOptions } from "../api.ts";
import { readAnswer } from "../ask.ts";
import { Failure } from "./failure.tsx";
import { RenderCount } from "./render-count.tsx";

/** Renders for each word. The conversation around it does not. */
export function Answer({ turn }: { readonly turn: number }): ReactElement {
  const client = useQueryClient();
  const { data: text = "", error, isFetching, isStale } = useCachedQuery(answerOptions(turn));
  const goOn = (): void => readAnswer(client, turn);
  const stop = (): void => void client.cancelQueries({ queryKey: answerKey(turn), exact: true });
  const isStopped = isStale && !isFetching && error === undefined;
  return (
    <>
      <p className="answer" aria-busy={isFetching}>
        {text || (isFetching && "…")}
      </p>
      <Announcement text={isFetching ? "The answer is being written." : text} isFetching={isFetching} />
      {error !== undefined && !isFetching && (
        <Failure text="The connection broke before the end of the answer." onRetry={goOn} />
      )}
      <p className="figure">
        {isFetching && (
          <button type="button" onClick={stop}>
            Stop
          </button>
        )}
        {isStopped && (
          <>
            Stopped.{" "}
            <button type="button" onClick={goOn}>
              Go on
            </button>
          </>
        )}
        <RenderCount />
      </p>
    </>
  );
}

interface AnnouncementProps {
  readonly text: string;
  readonly isFetching: boolean;
}

/**
 * For screen readers. A live region around the text itself would be read out word by word: this one says that the answer
 * has begun, and then all of it. An answer that was there before is not announced.
 */
function Announcement({ text, isFetching }: AnnouncementProps): ReactElement {
  const [hasBegun, setBegun] = useState(isFetching);
  if (isFetching && !hasBegun) setBegun(true);
  return (
    <p className="hidden" role="status">
      {hasBegun && text}
    </p>
  );
}
