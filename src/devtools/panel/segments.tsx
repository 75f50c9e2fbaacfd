/** @jsxImportSource preact */
import type { JSX } from "preact";

interface SegmentsProps<T> {
  label: string;
  /** What can be chosen, and its words. */
  choices: readonly (readonly [T, string])[];
  chosen: T;
  choose: (choice: T) => void;
}

/** A choice between few things, side by side. */
export function Segments<T extends string | number>({ label, choices, chosen, choose }: SegmentsProps<T>): JSX.Element {
  return (
    <div class="segments" role="group" aria-label={label}>
      {choices.map(([each, words]) => (
        <button key={each} type="button" class="segment" aria-pressed={each === chosen} onClick={() => choose(each)}>
          {words}
        </button>
      ))}
    </div>
  );
}
