import type { ReactElement } from "react";
import { resetTraffic, setControls } from "../api.ts";
import { CACHE_SIZES, type CacheSize } from "../client.ts";
import type { Controls } from "../server/traffic.ts";
import { Switch } from "./switch.tsx";

const SLOW = 2_500;

export interface LabBarProps {
  /** As the server has them; undefined until it said so. */
  readonly controls: Controls | undefined;
  readonly cacheSize: CacheSize;
  readonly onCacheSize: (size: CacheSize) => void;
  /** Whether answers are kept beyond the page. */
  readonly keepsAnswers: boolean;
  readonly onKeepsAnswers: (isOn: boolean) => void;
  /** Removes what was kept. */
  readonly onLogOut: () => void;
  /** What came of that. */
  readonly said: string;
  readonly prefetches: boolean;
  readonly onPrefetches: (prefetches: boolean) => void;
}

/** What can be tried: the moods of the server, and the options of the client. */
export function LabBar(props: LabBarProps): ReactElement {
  const { controls, cacheSize, onCacheSize, prefetches, onPrefetches, keepsAnswers, onKeepsAnswers, said } = props;
  return (
    <section className="lab-bar" aria-label="Try it out">
      <Switch
        label="Slow answers"
        checked={(controls?.slow ?? 0) > 0}
        onChange={(slow) => void setControls({ slow: slow ? SLOW : 0 })}
      />
      <Switch
        label="Failing answers"
        checked={controls?.failing ?? false}
        onChange={(failing) => void setControls({ failing })}
      />
      <Switch label="Prefetch on hover" checked={prefetches} onChange={onPrefetches} />
      <Switch label="Keep answers" checked={keepsAnswers} onChange={onKeepsAnswers} />
      <fieldset className="sizes">
        <legend>maxCacheSize</legend>
        {CACHE_SIZES.map((size) => (
          <label key={size}>
            <input type="radio" name="size" checked={size === cacheSize} onChange={() => onCacheSize(size)} />
            <span>{size.toLocaleString("en")}</span>
          </label>
        ))}
      </fieldset>
      <button type="button" className="quiet" onClick={() => void resetTraffic()}>
        Reset server
      </button>
      {keepsAnswers && (
        <button type="button" className="quiet" onClick={props.onLogOut}>
          Log out
        </button>
      )}
      <p role="status" className="said">
        {said}
      </p>
    </section>
  );
}
