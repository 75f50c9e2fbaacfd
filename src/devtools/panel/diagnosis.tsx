/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import type { Metrics } from "../../core/index.ts";
import type { Advice, AdvisedChange } from "../../simulate/index.ts";
import type { Recording } from "../recording.ts";
import { cacheOf, type DevtoolsSource } from "../source.ts";
import { Band } from "./band.tsx";
import { copyCode } from "./clipboard.ts";
import { count, percent } from "./format.ts";
import { remedyWords } from "./remedy-words.ts";

interface DiagnosisProps {
  advice: Advice;
  recording: Pick<Recording, "source" | "sampler">;
}

const WAITING = "Recording goes on while the panel is closed.";

/** A change that was made here. */
interface Applied {
  readonly change: AdvisedChange;
  /** Counters at that moment. */
  readonly hits: number;
  readonly lookups: number;
  readonly undo: () => void;
}

/** What to change, what it would have gained, and what that rests on. */
export function Diagnosis({ advice, recording: { source, sampler } }: DiagnosisProps): JSX.Element {
  const [applied, setApplied] = useState<Applied | undefined>(undefined);
  const [said, say] = useState("");
  const remedy = useMemo(() => remedyWords(advice, source), [advice, source]);
  if (applied) return <Outcome applied={applied} metrics={sampler.metrics!} back={() => setApplied(undefined)} />;
  const { tone, kind, text, change } = advice;
  const [verdict, ...evidence] = sentencesOf(text);
  const apply = (resize: () => () => void): void => {
    try {
      // What comes from now on is measured.
      sampler.sample();
      const { hits, misses } = cacheOf(source.target).metrics;
      setApplied({ change: change!, hits, lookups: hits + misses, undo: resize() });
    } catch (error) {
      say(`It could not be applied: ${String(error)}`);
    }
  };
  const resize = change && resizeOf(source, change);
  return (
    <Band tone={tone} verdict={verdict ?? ""} evidence={kind === "wait" ? WAITING : evidence.join(" ")} remedy={remedy}>
      {change && (
        <>
          {/* A record forgets failures once a key is stored, so that their gain is no promise. */}
          {change.kind !== "failures" && <Gain advice={advice} change={change} />}
          <span class="actions">
            {resize && (
              <button type="button" class="button primary" onClick={() => apply(resize)}>
                Apply {count(change.settings.maxCacheSize ?? change.settings.maxWeight ?? 0)}
              </button>
            )}
            {change.code !== "" && (
              <button type="button" class="button" onClick={() => void copyCode(change.code, say)}>
                Copy option
              </button>
            )}
          </span>
        </>
      )}
      <span class="said" role="status">
        {said}
      </span>
    </Band>
  );
}

/** Now, and what it would have been. */
function Gain({ advice, change }: { advice: Advice; change: AdvisedChange }): JSX.Element {
  return (
    <span class="gain">
      <b>{percent(advice.hitRatio)}</b>
      <span aria-hidden="true">→</span>
      <b class="to">{percent(change.hitRatio)}</b>
      <span>now</span>
      <span />
      <span>would have been</span>
    </span>
  );
}

/** Whether it helped: what was promised, and what was measured since. */
function Outcome({
  applied,
  metrics: { hits, misses },
  back,
}: {
  applied: Applied;
  /** Of the sample that the page shows. */
  metrics: Metrics;
  back: () => void;
}): JSX.Element {
  const lookups = hits + misses - applied.lookups;
  const measured =
    // Counters that stand still may be of before.
    lookups <= 0 ? "no reads since" : `${percent((hits - applied.hits) / lookups)} of ${count(lookups)} reads since`;
  return (
    <Band
      tone="good"
      verdict={`Applied. It would have been ${percent(applied.change.hitRatio)}; measured: ${measured}.`}
      evidence={`The change ends with the page. To keep it, write ${applied.change.code}.`}
    >
      <span class="actions">
        <button
          type="button"
          class="button"
          onClick={() => {
            applied.undo();
            back();
          }}
        >
          Undo
        </button>
        <button type="button" class="button" onClick={back}>
          Done
        </button>
      </span>
    </Band>
  );
}

/** What applies a change of the bounds, and returns its undo; `undefined` for a change that only code can make. */
function resizeOf(source: DevtoolsSource, { settings }: AdvisedChange): (() => () => void) | undefined {
  const { maxCacheSize, maxWeight, ...others } = settings;
  const cache = cacheOf(source.target);
  if (cache.resize === undefined || Object.keys(others).length > 0 || (maxCacheSize ?? maxWeight) === undefined)
    return undefined;
  return () => {
    const before = source.metrics().options;
    const bounds = [maxCacheSize ?? before.maxCacheSize, maxWeight ?? before.maxWeight] as const;
    const to = ([entries, weight]: readonly [number, number]): void =>
      cache.resize!(entries, weight < Infinity ? weight : undefined);
    to(bounds);
    return () => to([before.maxCacheSize, before.maxWeight]);
  };
}

/** The first sentence is the verdict, the others are what it rests on. */
function sentencesOf(text: string): string[] {
  return text.replaceAll(/([.!?]) (?=[A-Z])/g, "$1\n").split("\n");
}
