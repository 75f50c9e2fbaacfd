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
  /** Changed by `change`. */
  readonly settings: Readonly<Settings>;
  /** Fills its parent instead of docking. */
  readonly embedded: boolean;
  /** Run when the devtools are removed. */
  readonly undos: Set<() => void>;
  /** What the reader chose is remembered, and shows at once. */
  readonly change: (part: Partial<Settings>) => void;
  /** Tells that the panel has another place or size. */
  fit(): void;
  close(): void;
}
