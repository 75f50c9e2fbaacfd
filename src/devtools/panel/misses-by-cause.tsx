/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { MissCause } from "../../simulate/index.ts";
import { type Cause, CauseSign } from "./cause-sign.tsx";
import { share } from "./figures.tsx";
import { count } from "./format.ts";

/** In the order in which they are shown; the last two only where there are any. */
const CAUSES: readonly MissCause[] = [
  "first",
  "evicted",
  "expired",
  "deleted",
  "absent",
  "failed",
  "cleared",
  "unseen",
];
const ALWAYS = 6;

export const MISS_WORDS: Readonly<Record<MissCause, string>> = {
  first: "First time",
  unseen: "Past unknown",
  evicted: "Evicted",
  expired: "Expired",
  deleted: "Deleted",
  cleared: "Cleared",
  absent: "Never stored",
  failed: "Load failed",
};

interface MissesProps {
  misses: Readonly<Record<MissCause, number>>;
  /** The reads that these are of: the later half of what was recorded. */
  lookups: number;
  chosen: MissCause | undefined;
  choose: (cause: MissCause | undefined) => void;
}

/** Each cause's part of all misses. A cause is a button to its keys. */
export function MissesByCause({ misses, lookups, chosen, choose }: MissesProps): JSX.Element {
  const total = CAUSES.reduce((sum, cause) => sum + misses[cause], 0);
  const shown = CAUSES.filter((cause, index) => index < ALWAYS || misses[cause] > 0);
  return (
    <div class="misses">
      <h4>
        Misses by cause <span class="note">of the last {count(lookups)} reads</span>
      </h4>
      <span class="bar causes" aria-hidden="true">
        {CAUSES.filter((cause) => misses[cause] > 0).map((cause) => (
          <i key={cause} class={cause} style={{ width: share(misses[cause], total), color: `var(--${cause})` }} />
        ))}
      </span>
      <ul class="cause-list" aria-label="Misses by cause">
        {shown.map((cause) => (
          <li key={cause}>
            <button
              type="button"
              aria-pressed={cause === chosen}
              disabled={misses[cause] === 0 || cause === "unseen"}
              onClick={() => choose(cause === chosen ? undefined : cause)}
            >
              <CauseSign cause={cause satisfies Cause} /> {MISS_WORDS[cause]} <b>{count(misses[cause])}</b>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
