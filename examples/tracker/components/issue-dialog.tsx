import { useCachedQuery } from "macho-cache/react";
import { type ReactElement, useEffect, useRef } from "react";
import { fetchIssue, issueKey } from "../api.ts";
import { STATUS_NAMES } from "../board.ts";
import type { IssueDetail } from "../server/issues.ts";
import { CommentForm } from "./comment-form.tsx";
import { Failure } from "./failure.tsx";

export interface IssueDialogProps {
  readonly id: number;
  readonly onClose: () => void;
}

export function IssueDialog({ id, onClose }: IssueDialogProps): ReactElement {
  const { data: issue, error, isPaused, isPending, refetch } = useCachedQuery(issueKey(id), fetchIssue);
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  return (
    <dialog ref={dialog} aria-labelledby="dialog-title" onClose={onClose}>
      <header>
        <h2 id="dialog-title">{issue?.title ?? "Issue"}</h2>
        <button type="button" onClick={() => dialog.current?.close()}>
          Close
        </button>
      </header>
      {isPending && <p>{isPaused ? "The issue is loaded when the network is back." : "Loading …"}</p>}
      {error !== undefined && <Failure error={error} onRetry={() => void refetch()} />}
      {issue && <Content issue={issue} />}
    </dialog>
  );
}

function Content({ issue }: { readonly issue: IssueDetail }): ReactElement {
  return (
    <>
      <p className="facts">
        {STATUS_NAMES[issue.status]} · {issue.assignee}
      </p>
      <p>{issue.description}</p>
      <h3>Comments</h3>
      <ol className="comments" aria-label="Comments">
        {issue.comments.map(({ id, author, text }) => (
          <li key={id}>
            <strong>{author}</strong> {text}
          </li>
        ))}
      </ol>
      <CommentForm issue={issue} />
    </>
  );
}
