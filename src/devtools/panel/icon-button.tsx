/** @jsxImportSource preact */
import type { JSX } from "preact";

interface IconProps {
  label: string;
  path: string;
  pressed?: boolean;
  press: () => void;
}

/** A button that shows a drawing. */
export function IconButton({ label, path, pressed, press }: IconProps): JSX.Element {
  return (
    <button type="button" class="icon-button" aria-label={label} title={label} aria-pressed={pressed} onClick={press}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  );
}
