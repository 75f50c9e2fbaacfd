import type { Settings } from "../settings.ts";
import type { Stylesheet } from "../stylesheet.ts";
import type { NamedTarget } from "../targets.ts";

/** What the shell gives the panel. */
export interface PanelSetup {
  readonly targets: readonly [NamedTarget, ...NamedTarget[]];
  /** Title of the panel, or "". */
  readonly name: string;
  /** The element that carries the theme; the panel is added to it. */
  readonly frame: HTMLElement;
  readonly sheet: Stylesheet;
  /** Changed in place, then saved. */
  readonly settings: Settings;
  /** Fills its parent instead of docking. */
  readonly embedded: boolean;
  /** Run when the devtools are removed. */
  readonly undos: Set<() => void>;
  save(): void;
  /** Records all targets, or none. It is remembered. */
  record(isOn: boolean): void;
  /** Tells that the panel has another place or size. */
  fit(): void;
  close(): void;
}
