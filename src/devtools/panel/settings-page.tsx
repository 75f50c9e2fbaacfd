/** @jsxImportSource preact */
import type { ComponentChildren, JSX } from "preact";
import { USUAL_SIZE } from "../../simulate/cache-recording.ts";
import type { Recording } from "../recording.ts";
import { MAX_SAMPLES } from "../sampler.ts";
import { snapshotOf } from "../source.ts";
import { CORNERS, DOCKS, THEMES } from "../settings.ts";
import { MAX_DEPARTED } from "../departures.ts";
import { isNarrow } from "../style.ts";
import { RecordingCost } from "./recording-cost.tsx";
import { bytes, clockTime, count } from "./format.ts";
import { lazyPage } from "./lazy-page.tsx";
import { useSamples } from "./news.ts";
import { CachesCard } from "./caches-card.tsx";
import { Card, Pref, Switch } from "./pref.tsx";
import type { PanelSetup } from "./setup.ts";
import { Segments } from "./segments.tsx";
import { ShortcutField } from "./shortcut-field.tsx";

interface SettingsProps {
  setup: PanelSetup;
  recording: Recording;
  /** Name of the cache that is shown. */
  target: string;
  addStyle: (style: string) => void;
}

const SnapshotCard = lazyPage(async () => (await import("./snapshot-card.tsx")).SnapshotCard);

/** What the reader can choose for the panel as a whole, and what each choice costs. */
export function SettingsPage({ setup, recording, target, addStyle }: SettingsProps): JSX.Element {
  useSamples(recording.sampler);
  return (
    <div class="prefs" tabIndex={0} role="region" aria-label="Settings">
      {snapshotOf(recording.source.target) === undefined && <RecordingCard setup={setup} recording={recording} />}
      <PanelCard setup={setup} />
      <SnapshotCard {...{ setup, recording, target, addStyle }} />
      {setup.targets.length > 1 && <CachesCard setup={setup} target={target} />}
    </div>
  );
}

function RecordingCard({ setup, recording }: Pick<SettingsProps, "setup" | "recording">): JSX.Element {
  const { settings, change } = setup;
  const { since, accesses, stories, sampler } = recording;
  return (
    <Card title="Recording">
      <Switch
        label="Record what is read and what leaves"
        isOn={settings.recording}
        turn={(isOn) => change({ recording: isOn })}
      >
        {settings.recording
          ? `Since ${clockTime(since ?? Date.now())}, also while the panel is closed. Without it there is no advice.`
          : "Nothing is recorded, so there is no advice. What was recorded stays."}
      </Switch>
      <Pref label="Kept of this cache">
        <ul>
          <li>
            {accesses
              ? `${bytes(accesses.bytes)} of reads and writes, as hashes: the last ${count(USUAL_SIZE)}`
              : "no reads or writes"}
          </li>
          <li>
            {count(stories.size)} of at most {count(MAX_DEPARTED)} keys that left
          </li>
          <li>
            {count(sampler.samples.length)} of at most {count(MAX_SAMPLES)} samples of its counters, one a second
          </li>
        </ul>
        Values are never kept. The oldest go first.
      </Pref>
      {recording.isRecordable && <RecordingCost recording={recording} />}
      <Switch label="Estimate bytes" isOn={settings.estimates} turn={(estimates) => change({ estimates })}>
        {settings.estimates
          ? "Values of rows in sight, and up to 64 of a group, are looked into. Large ones take time."
          : "No value is looked into. Bytes are off."}
      </Switch>
    </Card>
  );
}

function PanelCard({ setup }: Pick<SettingsProps, "setup">): JSX.Element {
  const { settings, change, embedded } = setup;
  return (
    <Card title="Panel">
      <Choice label="Theme" names={THEMES} chosen={settings.theme} choose={(theme) => change({ theme })} />
      {!embedded && (
        <>
          <Choice label="Dock" names={DOCKS} chosen={settings.dock} choose={(dock) => change({ dock })}>
            {isNarrow() && "Left and right need a window of 600 pixels. Until then they are the bottom."}
          </Choice>
          <Choice label="Toggle" names={CORNERS} chosen={settings.corner} choose={(corner) => change({ corner })} />
          <Switch label="Hit ratio on the toggle" isOn={settings.badge} turn={(badge) => change({ badge })}>
            Of the last 10 s, once a second.
          </Switch>
          <ShortcutField shortcut={settings.shortcut} choose={(shortcut) => change({ shortcut })} />
        </>
      )}
    </Card>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  names: readonly T[];
  chosen: T;
  choose: (name: T) => void;
  children?: ComponentChildren;
}

function Choice<T extends string>({ label, names, chosen, choose, children }: ChoiceProps<T>): JSX.Element {
  const choices = names.map((name) => [name, wordsOf(name)] as const);
  return (
    <Pref label={label} control={<Segments {...{ label, choices, chosen, choose }} />}>
      {children}
    </Pref>
  );
}

/** `bottom-end` as `Bottom end`. */
function wordsOf(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replace("-", " ");
}
