/** @jsxImportSource preact */
import type { JSX } from "preact";

interface SelectProps<T> {
  label: string;
  chosen: T;
  /** What can be chosen, and its words. */
  options: readonly (readonly [T, string])[];
  choose: (option: T) => void;
}

/** A choice between several things, of which one is shown. */
export function Select<T>({ label, chosen, options, choose }: SelectProps<T>): JSX.Element {
  return (
    <select
      class="select"
      aria-label={label}
      value={options.findIndex(([option]) => option === chosen)}
      onChange={({ currentTarget }) => choose(options[currentTarget.selectedIndex]![0])}
    >
      {options.map(([, words], index) => (
        <option key={words} value={index}>
          {words}
        </option>
      ))}
    </select>
  );
}
