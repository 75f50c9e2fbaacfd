/** @jsxImportSource preact */
// What header and frame have beside what is seen first. Loaded right after it.
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Recording } from "../recording.ts";
import { snapshotOf } from "../source.ts";
import { popOut } from "../own-window.ts";
import { errorWords } from "./guarded.tsx";
import { type Held, holdAll, meanwhileWords } from "./held.ts";
import { useSamples } from "./news.ts";
import { IconButton } from "./icon-button.tsx";
import type { PanelExtent } from "./extent.ts";
import type { PanelSetup } from "./setup.ts";
import { panelTitle } from "./title.ts";

export { ResizeHandle } from "./resize-handle.tsx";

interface ToolsProps {
  setup: PanelSetup;
  recording: Recording;
  /** Name of the cache that is shown. */
  target: string;
  extent: PanelExtent;
  /** What the pages show while they stand still. */
  held: Held | undefined;
  hold: (held: Held | undefined) => void;
}

/** Whether it is recorded, an export, and its own window or the full height of a phone. */
export function HeaderTools({ setup, recording, target, extent, held, hold }: ToolsProps): JSX.Element {
  const [said, say] = useState("");
  useSamples(recording.sampler);
  const { goOnline } = recording;
  // Nobody would see it any more.
  useEffect(() => () => recording.goOnline?.(), []);
  const isSnapshot = snapshotOf(recording.source.target) !== undefined;
  const isFull = extent.shown === extent.max;
  const leave = async (): Promise<void> => {
    const { host, depart } = setup;
    say((await popOut({ host, depart, title: panelTitle(setup) })) ? "" : "The browser blocked the window.");
  };
  const save = async (): Promise<void> => {
    try {
      const { exportSnapshot } = await import("../snapshot.ts");
      exportSnapshot(recording, target || setup.name, false);
    } catch (error) {
      say(`Nothing was exported: ${errorWords(error)}`);
    }
  };
  return (
    <>
      {said && (
        <span class="note" role="status">
          {said}
        </span>
      )}
      {goOnline && (
        <button type="button" class="record held" title="Loads wait: no network is feigned" onClick={goOnline}>
          Offline: end
        </button>
      )}
      {!isSnapshot && <Pause {...{ setup, recording, hold }} held={held?.get(target)} />}
      {!isSnapshot && <RecordSwitch setup={setup} recording={recording} />}
      {!isSnapshot && (
        <IconButton label="Export a snapshot" path="M8 2v8M5 7l3 3 3-3M2.5 13.5h11" press={() => void save()} />
      )}
      {setup.embedded || setup.isApart() ? null : extent.isSheet ? (
        <IconButton
          label="Full height"
          path={isFull ? "M4 6l4 4 4-4" : "M4 10l4-4 4 4"}
          pressed={isFull}
          press={() => extent.set(isFull ? 0 : extent.max)}
        />
      ) : (
        <IconButton
          label="Open in its own window"
          path="M9 2.5h4.5V7M13.5 2.5L8 8M6.5 3.5h-4v10h10v-4"
          press={() => void leave()}
        />
      )}
    </>
  );
}

interface PauseProps extends Pick<ToolsProps, "setup" | "recording" | "hold"> {
  held: Recording | undefined;
}

/** Holds every page still, and says how much came meanwhile. */
function Pause({ setup, recording, held, hold }: PauseProps): JSX.Element {
  const words = held && meanwhileWords(held, recording);
  return (
    <>
      {words && <span class="note meanwhile">{words}</span>}
      <button
        type="button"
        class={held ? "record held" : "record"}
        aria-pressed={held !== undefined}
        title="Hold all pages still"
        onClick={() => hold(held ? undefined : holdAll(setup.targets))}
      >
        <svg class="mark" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M5 3v10M11 3v10" />
        </svg>
        <span class="record-word">Pause</span>
      </button>
    </>
  );
}

function RecordSwitch({ setup, recording: { since, sampler } }: Pick<ToolsProps, "setup" | "recording">): JSX.Element {
  // Its code may still be on its way.
  const isOn = setup.settings.recording;
  return (
    <button
      type="button"
      class={isOn ? "record on" : "record"}
      aria-pressed={isOn}
      title={isOn ? "Accesses and departures are recorded. Press to stop." : "Nothing is recorded. Press to record."}
      onClick={() => {
        setup.change({ recording: !isOn });
        sampler.sample();
      }}
    >
      <i aria-hidden="true" /> <span class="record-word">Recording</span>{" "}
      <span class="record-time">{isOn ? timeSince(since ?? Date.now()) : "off"}</span>
    </button>
  );
}

/** `6:40`, minutes and seconds. */
function timeSince(since: number): string {
  const seconds = Math.max(0, Math.floor((Date.now() - since) / 1_000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
