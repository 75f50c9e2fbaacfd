import { useCachedQuery } from "macho-cache/react";
import { type ReactElement, useState } from "react";
import { fetchList, listKey } from "../api.ts";
import { type Move, moved, STATUSES } from "../board.ts";
import { useMove, usePendingMoves } from "../moves.ts";
import { useIsOffline } from "../network.ts";
import { Column } from "./column.tsx";
import { Failure } from "./failure.tsx";
import { IssueDialog } from "./issue-dialog.tsx";
import { type Refusal, Refusals } from "./refusals.tsx";

const PEOPLE = ["Ada", "Bo", "Chen"];

export function Board(): ReactElement {
  const [assignee, setAssignee] = useState<string>();
  const [openId, setOpenId] = useState<number>();
  const [drop, setDrop] = useState<Move>();
  const [refusals, setRefusals] = useState<readonly Refusal[]>([]);
  // Each assignee is a key of its own: a list that was seen before is there at once.
  const list = useCachedQuery(listKey(assignee), fetchList, {
    placeholderData: (previous) => previous?.filter((issue) => assignee === undefined || issue.assignee === assignee),
  });
  const pending = usePendingMoves();
  const move = useMove((refused, error) =>
    setRefusals((before) => [...before, { id: before.length, move: refused, error }]),
  );
  // What the server said, and on top of it the moves that it has not answered yet.
  const issues = pending.reduce((board, each) => moved(board, each.move), list.data ?? []);
  const isOffline = useIsOffline();

  return (
    <>
      <div className="tools">
        <label>
          Assignee{" "}
          <select value={assignee ?? ""} onChange={(event) => setAssignee(event.target.value || undefined)}>
            <option value="">Everybody</option>
            {PEOPLE.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <p role="status">{stateOf(pending.length, isOffline)}</p>
      </div>
      <Refusals refusals={refusals} issues={issues} onDismiss={() => setRefusals([])} />
      {list.isError && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <p>{list.isPaused ? "The issues are loaded when the network is back." : "Loading …"}</p>}
      {list.data && (
        <div className="board" aria-busy={list.isPlaceholderData}>
          {STATUSES.map((status) => (
            <Column
              key={status}
              status={status}
              issues={issues}
              pending={pending}
              drop={drop}
              onDrag={setDrop}
              onMove={move}
              onOpen={setOpenId}
            />
          ))}
        </div>
      )}
      {openId !== undefined && <IssueDialog id={openId} onClose={() => setOpenId(undefined)} />}
    </>
  );
}

function stateOf(moves: number, isOffline: boolean): string {
  if (moves === 0) return isOffline ? "You are offline." : "Everything is saved.";
  const some = moves === 1 ? "1 move" : `${moves} moves`;
  return isOffline ? `Offline: ${some} to be sent.` : `Saving ${some} …`;
}
