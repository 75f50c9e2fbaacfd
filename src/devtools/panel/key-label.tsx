/** @jsxImportSource preact */
import type { JSX } from "preact";
import { cutOf, headOf } from "./key-text.ts";

/** A key on one line. Where there is no room, the part that its neighbours have as well is cut off first. */
export function KeyLabel({ label, neighbours }: { label: string; neighbours: (string | undefined)[] }): JSX.Element {
  if (label === "") return <>(empty string)</>;
  const cut = cutOf(label, neighbours);
  if (cut === 0) return <>{label}</>;
  return (
    <span class="cut-key">
      <span style={{ minWidth: `${Math.min(cut, headOf(label))}ch` }}>{label.slice(0, cut)}</span>
      <span>{label.slice(cut)}</span>
    </span>
  );
}
