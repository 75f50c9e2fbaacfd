/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { Interventions } from "../interventions.ts";
import { plural } from "./format.ts";

/** That the app is not as it would be without the panel, and what ends that. */
export function HeldBar({ held, undo }: { held: Interventions; undo: () => void }): JSX.Element | null {
  const { pins, feigned } = held.counts;
  if (pins + feigned === 0) return null;
  const parts = [
    ...(feigned > 0 ? [`${plural(feigned, "query", "queries")} shown as loading or failed`] : []),
    ...(pins > 0 ? [plural(pins, "pin")] : []),
  ];
  return (
    <div class="told some">
      <p class="said">From here: {parts.join(", ")}. It ends with the devtools.</p>
      <button type="button" class="small-button" onClick={undo}>
        Restore all
      </button>
    </div>
  );
}
