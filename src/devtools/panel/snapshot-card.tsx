/** @jsxImportSource preact */
import type { JSX, TargetedEvent } from "preact";
import { useState } from "preact/hooks";
import { adopt, type Recording } from "../recording.ts";
import { snapshotOf } from "../source.ts";
import { exportSnapshot } from "../snapshot.ts";
import { readSnapshot, snapshotTarget } from "../snapshot-target.ts";
import { bytes, clockTime } from "./format.ts";
import { errorWords } from "./guarded.tsx";
import { Card, Pref, Switch } from "./pref.tsx";
import type { PanelSetup } from "./setup.ts";
import { panelTitle } from "./title.ts";

interface SnapshotProps {
  setup: PanelSetup;
  recording: Recording;
  /** Name of the cache that is shown. */
  target: string;
}

/** A cache as a file, and a file as a cache to look at. */
export function SnapshotCard({ setup, recording, target }: SnapshotProps): JSX.Element {
  const [withValues, choose] = useState(false);
  const [said, say] = useState("");
  const save = (): void => {
    const length = exportSnapshot(recording, target || setup.name, withValues);
    say(`Exported ${bytes(length)}.`);
  };
  const open = async (event: TargetedEvent<HTMLInputElement>): Promise<void> => {
    const file = event.currentTarget.files?.[0];
    event.currentTarget.value = "";
    if (!file) return;
    try {
      const snapshot = readSnapshot(await file.text());
      const { target: cache, recording: known } = snapshotTarget(snapshot);
      adopt(cache, known);
      setup.add({ name: `${snapshot.name}, snapshot of ${clockTime(snapshot.at)}`, target: cache });
    } catch (error) {
      say(errorWords(error instanceof Error ? error.message : error));
    }
  };
  return (
    <Card title="Snapshot">
      {snapshotOf(recording.source.target) === undefined && (
        <>
          <Pref
            label="Export"
            control={
              <button type="button" class="small-button" onClick={save}>
                Export
              </button>
            }
          >
            Keys, figures, what left and the advice of this cache, as a file.
          </Pref>
          <Switch label="With values" isOn={withValues} turn={choose}>
            They may hold private data. What a file cannot hold is named there as lost: functions, cycles, other
            classes.
          </Switch>
        </>
      )}
      <Pref
        label="Import"
        control={
          <label class="small-button file">
            Choose a file
            <input
              type="file"
              accept="application/json,.json"
              aria-label="Import a snapshot"
              onChange={(event) => void open(event)}
            />
          </label>
        }
      >
        It is shown as one more cache of {panelTitle(setup)}, to be looked at only, until the page is left.
      </Pref>
      <p class="note" role="status">
        {said}
      </p>
    </Card>
  );
}
