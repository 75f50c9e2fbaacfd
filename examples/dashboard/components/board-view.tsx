import type { ReactElement } from "react";
import type { Board } from "../widgets.ts";
import { WidgetTile } from "./widget-tile.tsx";

/** The widgets of one board. Those of the others are not there, so that they do not poll. */
export function BoardView({ board }: { board: Board }): ReactElement {
  return (
    <main>
      <h2>{board.name}</h2>
      <ul className="board">
        {board.widgets.map((widget) => (
          <WidgetTile key={widget.id} widget={widget} />
        ))}
      </ul>
    </main>
  );
}
