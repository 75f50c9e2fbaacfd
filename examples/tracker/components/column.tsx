import type { DragEvent, ReactElement } from "react";
import { type Issue, type Move, type Status, STATUS_NAMES } from "../board.ts";
import type { PendingMove } from "../moves.ts";
import { Card } from "./card.tsx";

export interface ColumnProps {
  readonly status: Status;
  /** Of the whole board, in their order. */
  readonly issues: readonly Issue[];
  readonly pending: readonly PendingMove[];
  /** Where the dragged card would go if it was dropped now. */
  readonly drop: Move | undefined;
  readonly onDrag: (drop: Move | undefined) => void;
  readonly onMove: (move: Move) => void;
  readonly onOpen: (id: number) => void;
}

export function Column({ status, issues, pending, drop, onDrag, onMove, onOpen }: ColumnProps): ReactElement {
  const own = issues.filter((issue) => issue.status === status);
  const isTarget = drop?.status === status;

  function dragOver(event: DragEvent<HTMLElement>): void {
    if (drop === undefined) return;
    // Without this, nothing may be dropped here.
    event.preventDefault();
    const before = cardBelow(event);
    if (!isTarget || before !== drop.before) onDrag({ ...drop, status, before });
  }

  function dropHere(event: DragEvent<HTMLElement>): void {
    event.preventDefault();
    if (drop !== undefined && drop.before !== drop.id) onMove(drop);
    onDrag(undefined);
  }

  return (
    <section className="column" aria-labelledby={`column-${status}`} onDragOver={dragOver} onDrop={dropHere}>
      <h2 id={`column-${status}`}>
        {STATUS_NAMES[status]} <span>{own.length}</span>
      </h2>
      <ol className={isTarget && drop.before === null ? "drop-end" : undefined}>
        {own.map((issue) => (
          <Card
            key={issue.id}
            issue={issue}
            issues={issues}
            pending={pending.findLast(({ move }) => move.id === issue.id)}
            isDropTarget={isTarget && drop.before === issue.id}
            onDrag={onDrag}
            onMove={onMove}
            onOpen={onOpen}
          />
        ))}
      </ol>
    </section>
  );
}

/** The first card whose middle is below the pointer; `null` for none. */
function cardBelow({ currentTarget, clientY }: DragEvent<HTMLElement>): number | null {
  const cards = [...currentTarget.querySelectorAll<HTMLElement>("[data-issue]")];
  const below = cards.find((card) => {
    const { top, height } = card.getBoundingClientRect();
    return clientY < top + height / 2;
  });
  return below ? Number(below.dataset["issue"]) : null;
}
