import { MachoDevtools } from "macho-cache/devtools";
import { MachoProvider } from "macho-cache/react";
import { type ReactElement, useEffect, useState } from "react";
import { client } from "./client.ts";
import { BoardView } from "./components/board-view.tsx";
import { TopBar } from "./components/top-bar.tsx";
import { BOARDS } from "./widgets.ts";

/** Ms that each board is shown while they turn, as on a screen in a hall. */
const TURN_EVERY = 2_000;

export function App(): ReactElement {
  const [shown, setShown] = useState(0);
  const [turns, setTurns] = useState(false);
  useEffect(() => {
    if (!turns) return undefined;
    const timer = setInterval(() => setShown((place) => (place + 1) % BOARDS.length), TURN_EVERY);
    return () => clearInterval(timer);
  }, [turns]);
  const board = BOARDS[shown]!;
  return (
    <MachoProvider client={client}>
      <TopBar client={client} shown={board.name} onShow={setShown} turns={turns} onTurn={setTurns} />
      <BoardView key={board.name} board={board} />
      <MachoDevtools badge />
    </MachoProvider>
  );
}
