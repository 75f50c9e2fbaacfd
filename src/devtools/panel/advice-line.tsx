/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { Advice } from "./advice.ts";

const LABELS: Readonly<Record<Advice["tone"], string>> = { wait: "Advice", good: "Good", change: "Change" };

/** One sentence on what to change. */
export function AdviceLine({ tone, text }: Advice): JSX.Element {
  return (
    <p class={`advice ${tone}`}>
      <b>{LABELS[tone]}</b>
      <span>{text}</span>
    </p>
  );
}
