import type { QueryClient } from "macho-cache/react";
import { type ReactElement, useState } from "react";
import { type Figures, useFigures } from "../figures.ts";
import { holdValues } from "../metric.ts";
import { BOARDS } from "../widgets.ts";
import { Switch } from "./switch.tsx";

interface TopBarProps {
  readonly client: QueryClient;
  /** The name of the board. */
  readonly shown: string;
  readonly turns: boolean;
  readonly onShow: (board: number) => void;
  readonly onTurn: (turns: boolean) => void;
}

export function TopBar({ client, shown, turns, onShow, onTurn }: TopBarProps): ReactElement {
  return (
    <header className="top-bar">
      <h1>Dashboard</h1>
      <nav aria-label="Boards">
        {BOARDS.map(({ name }, place) => (
          <button
            key={name}
            type="button"
            aria-current={name === shown ? "page" : undefined}
            onClick={() => onShow(place)}
          >
            {name}
          </button>
        ))}
      </nav>
      <Switch label="Turn the boards" isOn={turns} onChange={onTurn} />
      <HoldSwitch />
      <FigureList figures={useFigures(client)} />
    </header>
  );
}

/** Asks for the values of one moment from now on: polls go on, and nothing is drawn. */
function HoldSwitch(): ReactElement {
  const [isHeld, setHeld] = useState(false);
  const hold = (next: boolean): void => {
    holdValues(next);
    setHeld(next);
  };
  return <Switch label="Hold the values" isOn={isHeld} onChange={hold} />;
}

function FigureList({ figures }: { figures: Figures }): ReactElement {
  const { hitRatio, requests, drawn, stored, maxCacheSize } = figures;
  const shown: readonly (readonly [string, string, string])[] = [
    ["Hit ratio", "hit-ratio", hitRatio === null ? "-" : `${(100 * hitRatio).toFixed(0)}%`],
    ["Answers in the cache", "stored", `${stored} of ${maxCacheSize}`],
    ["Requests", "requests", requests.toLocaleString("en")],
    ["Widgets drawn", "drawn", drawn.toLocaleString("en")],
  ];
  return (
    <dl className="figures">
      {shown.map(([name, id, value]) => (
        <div key={id}>
          <dt>{name}</dt>
          <dd data-testid={id}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
