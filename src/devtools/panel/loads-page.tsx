/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Mutation } from "../../query/index.ts";
import type { LoadLog, LoggedLoad } from "../load-log.ts";
import { canGoOffline, goOffline } from "../offline.ts";
import type { Recording } from "../recording.ts";
import type { Sampler } from "../sampler.ts";
import { type DevtoolsSource, keyLabel } from "../source.ts";
import { DurationsCard } from "./durations-card.tsx";
import { count, duration } from "./format.ts";
import { useSamples } from "./news.ts";
import { lazyPage } from "./lazy-page.tsx";
import { LoadDetail } from "./load-detail.tsx";
import { hasFailed, loadsIn } from "./load-spans.ts";
import { MutationsCard } from "./mutations-card.tsx";
import type { PanelSetup } from "./setup.ts";
import { Select } from "./select.tsx";
import { focusBySlash } from "./slash.ts";
import { Waterfall, WaterfallLegend } from "./waterfall.tsx";

/** Ms between two drawings, while the page follows the loads. */
const REDRAW = 250;
/** Ms of the stretches of time that can be chosen; 0 for all that is recorded. */
const RANGES = [12_000, 60_000, 240_000, 0];
const RANGE_WORDS = RANGES.map((ms) => [ms, ms === 0 ? "All" : `Last ${duration(ms)}`] as const);
/** The first stretch is the shortest that has so many loads. */
const ENOUGH = 6;
/** Keys in each list. */
const LISTED = 5;

interface LoadsProps {
  setup: Pick<PanelSetup, "frame" | "settings" | "change">;
  source: DevtoolsSource;
  sampler: Sampler;
  recording: Recording;
  addStyle: (style: string) => void;
  /** The drawing stands still. */
  isPaused: boolean;
  /** Leads to Entries, with these words in its filter. */
  openEntries: (filter: string) => void;
}

/** With the tree of values, which Entries shows as well. */
const MutationDetail = lazyPage(async () => (await import("./mutation-detail.tsx")).MutationDetail);

/** What was loaded, when, how often it was tried, how long it took, and what failed. */
export function LoadsPage(props: LoadsProps): JSX.Element {
  const { recording, sampler, setup } = props;
  useSamples(sampler);
  if (recording.loads) return <Loads {...props} log={recording.loads} />;
  const [on, off, other] = [
    "Loads show here as soon as the recording has begun.",
    "Nothing is recorded, so no load is known. Press Recording to begin.",
    "Loads cannot be followed: this cache is of another copy of macho-cache. Keep one copy in the app.",
  ];
  return <p class="empty">{setup.settings.recording ? (recording.isRecordable ? on : other) : off}</p>;
}

function Loads({ log, isPaused, ...props }: LoadsProps & { log: LoadLog }): JSX.Element {
  const { recording, source, setup, addStyle, openEntries } = props;
  /** The right edge, for a reader who has gone back in time. */
  const [past, goTo] = useState<number | undefined>(undefined);
  const [range, setRange] = useState(() => firstRange(log));
  const [text, setText] = useState("");
  const [onlyFailed, setOnlyFailed] = useState(false);
  const [chosen, choose] = useState<LoggedLoad | Mutation | undefined>(undefined);
  const filter = useRef<HTMLInputElement>(null);
  useEffect(() => focusBySlash(setup.frame, filter), []);
  useRedrawing(past === undefined && !isPaused);
  const { loads } = log;
  const now = log.now();
  const to = past ?? now;
  const isHeld = past !== undefined || isPaused;
  const span = range || Math.max(1_000, now - (loads[0]?.start ?? now));
  const window = { from: to - span, to };
  const words = text.toLowerCase();
  const shown = loadsIn(loads, window, (load) => {
    const isWanted = !onlyFailed || hasFailed(load) || load.retries > 0;
    return isWanted && keyLabel(load.key).toLowerCase().includes(words);
  });
  const shift = (by: number): void => {
    const next = to + by * span;
    goTo(next >= now ? undefined : next);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || (!chosen && text === "")) return;
    event.preventDefault();
    if (text === "") close();
    else setText("");
  };
  const close = (): void => choose(undefined);
  const mutation = chosen && "state" in chosen ? chosen : undefined;
  const load = chosen && "steps" in chosen ? chosen : undefined;
  const calls = { log: log.mutations, now };
  return (
    <div class="overview loads" tabIndex={0} role="region" aria-label="Loads" onKeyDown={onKeyDown}>
      <section class="card load-card" aria-label="Loads over time">
        <header class="card-head">
          <h3>Loads</h3>
          <span class="card-controls">
            <input
              ref={filter}
              class="load-filter"
              type="search"
              aria-label="Filter by key"
              placeholder="Key"
              value={text}
              onInput={(event) => setText(event.currentTarget.value)}
            />
            <Button aria-pressed={onlyFailed} onClick={() => setOnlyFailed(!onlyFailed)}>
              Failed only
            </Button>
            <Select label="Stretch of time" chosen={range} options={RANGE_WORDS} choose={setRange} />
            <Button aria-label="Earlier" onClick={() => shift(-0.5)}>
              ‹
            </Button>
            <Button aria-label="Later" disabled={past === undefined} onClick={() => shift(0.5)}>
              ›
            </Button>
            {canGoOffline(recording) && (
              <Button
                aria-pressed={recording.goOnline !== undefined}
                title="Loads wait, as if there were no network, until the panel closes"
                onClick={() => {
                  if (recording.goOnline) recording.goOnline();
                  else goOffline(recording);
                  setup.change({});
                }}
              >
                Feign offline
              </Button>
            )}
          </span>
        </header>
        {shown.length === 0 ? (
          <p class="card-empty">{emptyWords(loads, words !== "" || onlyFailed)}</p>
        ) : (
          <Waterfall loads={shown} {...{ window, now, isHeld }} chosen={load} choose={choose} />
        )}
        <p class="legend load-legend">
          <WaterfallLegend loads={shown} now={now} />
          <Counts log={log} />
        </p>
      </section>
      {load ? (
        <LoadDetail {...{ load, now, openEntries, close }} />
      ) : mutation ? (
        <MutationDetail mutation={mutation} {...calls} {...{ addStyle, close }} />
      ) : (
        <DurationsCard durations={log.durations} />
      )}
      {source.kind === "client" && <MutationsCard {...calls} chosen={mutation} choose={choose} />}
      <Lists tallies={log.tallies} openEntries={openEntries} />
    </div>
  );
}

/** A button of the toolbar. */
function Button(props: JSX.IntrinsicElements["button"]): JSX.Element {
  return <button type="button" class="small-button" {...props} />;
}

function firstRange(log: LoadLog): number {
  const recent = log.loads.slice(-ENOUGH)[0];
  return RANGES.find((ms) => recent && recent.start > log.now() - ms) ?? 0;
}

function emptyWords(loads: readonly LoggedLoad[], isFiltered: boolean): string {
  if (loads.length === 0) return "No load has begun since the recording began.";
  return isFiltered ? "No load of this time fits the filter." : "No load in this time.";
}

/** Draws again while the page can be seen: bars of loads that run grow. */
function useRedrawing(isFollowing: boolean): void {
  const [, again] = useState(0);
  useEffect(() => {
    if (!isFollowing) return undefined;
    const timer = setInterval(() => document.hidden || again((times) => times + 1), REDRAW);
    return () => clearInterval(timer);
  }, [isFollowing]);
}

function Counts({ log: { counts, running, missed } }: { log: LoadLog }): JSX.Element {
  const { started, succeeded, failed, aborted, joined } = counts;
  const parts = { started, succeeded, failed, aborted, running, joined, "not recorded": missed };
  // What never happened is not news.
  const shown = Object.entries(parts).filter(([name, many]) => name === "started" || many > 0);
  return (
    <span class="note load-counts">
      {shown.map(([name, many]) => (
        <span key={name} class={name}>
          {count(many)} {name}
        </span>
      ))}
    </span>
  );
}

type ListsProps = Pick<LoadsProps, "openEntries"> & Pick<LoadLog, "tallies">;

/** Which keys take longest, and which fail most. */
function Lists({ tallies, openEntries }: ListsProps): JSX.Element {
  const slow = tallies.slowest.slice(0, LISTED).map(({ key, ms }) => ({ label: keyLabel(key), words: duration(ms) }));
  const failing = tallies
    .failingMost(LISTED)
    .map(({ key, failed, ended }) => ({ label: keyLabel(key), words: `${count(failed)} of ${count(ended)}` }));
  const lists = [
    { title: "Slowest", keys: slow, none: "No load has ended yet." },
    { title: "Failing most", keys: failing, none: "No load has failed." },
  ];
  return (
    <section class="card load-lists" aria-label="Slowest and failing most">
      {lists.map(({ title, keys, none }) => (
        <div key={title}>
          <h3>{title}</h3>
          {keys.length === 0 && <p class="card-empty">{none}</p>}
          <ul class="load-list">
            {keys.map(({ label, words }) => (
              <li key={label}>
                <button type="button" title={`${label}: show in Entries`} onClick={() => openEntries(label)}>
                  <code>{label}</code>
                  <span>{words}</span>
                </button>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </section>
  );
}
