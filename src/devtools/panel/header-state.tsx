/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Recording } from "../recording.ts";
import { usedWords } from "./bounds.ts";
import { count, duration } from "./format.ts";
import { useSamples } from "./news.ts";
import type { PanelSetup } from "./setup.ts";

interface StateProps {
  setup: PanelSetup;
  recording: Recording;
}

/** What every page says in its header: how the cache is set up, loads that failed, and since when it is recorded. */
export function HeaderState({ setup, recording }: StateProps): JSX.Element {
  const { sampler, goOnline } = recording;
  useSamples(sampler);
  // Nobody would see it any more.
  useEffect(() => () => recording.goOnline?.(), []);
  const { options, size, loads } = safeMetrics(recording) ?? {};
  return (
    <>
      {options && (
        <span class="setup-words note">
          {usedWords(size ?? 0, options.maxCacheSize)} · {options.strategy} ·{" "}
          {options.ttl === Infinity ? "no ttl" : duration(options.ttl)}
        </span>
      )}
      {loads !== undefined && loads.failed > 0 && (
        <span class="failed-loads" title="Loads that failed since counting began">
          <span aria-hidden="true">▲ </span>
          {count(loads.failed)} failed
        </span>
      )}
      {goOnline && (
        <button type="button" class="record offline" title="Loads wait: no network is feigned" onClick={goOnline}>
          Offline: end
        </button>
      )}
      <RecordSwitch setup={setup} recording={recording} />
    </>
  );
}

/** A cache that cannot be read is told on the page. */
function safeMetrics({ sampler }: Recording): Recording["sampler"]["metrics"] {
  try {
    return sampler.metrics;
  } catch {
    return undefined;
  }
}

function RecordSwitch({ setup, recording: { since, sampler } }: StateProps): JSX.Element {
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
