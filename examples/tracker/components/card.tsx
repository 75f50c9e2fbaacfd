import { useQueryClient } from "macho-cache/react";
import type { ReactElement } from "react";
import { flushSync } from "react-dom";
import { fetchIssue, issueKey } from "../api.ts";
import { type Direction, type Issue, type Move, step } from "../board.ts";
import type { PendingMove } from "../moves.ts";

export interface CardProps {
  readonly issue: Issue;
  /** Of the whole board, in their order. */
  readonly issues: readonly Issue[];
  /** The latest move of this issue that the server has not answered yet. */
  readonly pending: PendingMove | undefined;
  /** Whether the dragged card would go before this one. */
  readonly isDropTarget: boolean;
  readonly onDrag: (drop: Move | undefined) => void;
  readonly onMove: (move: Move) => void;
  readonly onOpen: (id: number) => void;
}

const ARROWS: readonly (readonly [Direction, string])[] = [
  ["left", "←"],
  ["up", "↑"],
  ["down", "↓"],
  ["right", "→"],
];

export function Card({ issue, issues, pending, isDropTarget, onDrag, onMove, onOpen }: CardProps): ReactElement {
  const { id, title, status, assignee, commentCount } = issue;
  const client = useQueryClient();
  // Somebody who points at a card is likely to open it.
  const prefetch = (): void => void client.prefetchQuery(issueKey(id), fetchIssue);

  function moveBy(move: Move, direction: Direction): void {
    flushSync(() => onMove(move));
    // In another column the card is another element: the focus goes along.
    const button = document.getElementById(`${direction}-${id}`);
    const target = button?.matches(":disabled") ? document.getElementById(`issue-${id}`) : button;
    target?.focus();
  }

  return (
    <li
      className={isDropTarget ? "card drop-before" : "card"}
      data-issue={id}
      draggable
      onDragStart={(event) => {
        event.dataTransfer.setData("text/plain", title);
        onDrag({ id, status, before: id });
      }}
      onDragEnd={() => onDrag(undefined)}
    >
      <button
        type="button"
        id={`issue-${id}`}
        className="title"
        onMouseEnter={prefetch}
        onFocus={prefetch}
        onClick={() => onOpen(id)}
      >
        {title}
      </button>
      <p>
        {assignee}
        {commentCount > 0 && ` · ${commentCount === 1 ? "1 comment" : `${commentCount} comments`}`}
        {pending && <span className="badge">{pending.isWaiting ? "Waiting" : "Saving"}</span>}
      </p>
      <div className="arrows">
        {ARROWS.map(([direction, arrow]) => {
          const move = step(issues, issue, direction);
          return (
            <button
              key={direction}
              type="button"
              id={`${direction}-${id}`}
              aria-label={`Move “${title}” ${direction}`}
              disabled={move === undefined}
              onClick={() => move && moveBy(move, direction)}
            >
              {arrow}
            </button>
          );
        })}
      </div>
    </li>
  );
}
