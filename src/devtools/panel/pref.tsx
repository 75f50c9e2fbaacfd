/** @jsxImportSource preact */
import type { ComponentChildren, JSX } from "preact";

/** A group of settings. */
export function Card({ title, children }: { title: string; children: ComponentChildren }): JSX.Element {
  return (
    <section class="card" aria-label={title}>
      <h3>{title}</h3>
      {children}
    </section>
  );
}

interface PrefProps {
  label: ComponentChildren;
  /** Stands beside the label. */
  control?: ComponentChildren;
  /** What it does and costs. */
  children?: ComponentChildren;
}

/** One thing that can be chosen. */
export function Pref({ label, control, children }: PrefProps): JSX.Element {
  return (
    <div class="pref">
      <span>{label}</span>
      {control}
      {children && <div class="note">{children}</div>}
    </div>
  );
}

interface SwitchProps {
  label: string;
  isOn: boolean;
  turn: (isOn: boolean) => void;
  children?: ComponentChildren;
}

export function Switch({ label, isOn, turn, children }: SwitchProps): JSX.Element {
  const control = (
    <button
      type="button"
      class="switch"
      role="switch"
      aria-checked={isOn}
      aria-label={label}
      onClick={() => turn(!isOn)}
    />
  );
  return (
    <Pref label={label} control={control}>
      {children}
    </Pref>
  );
}
