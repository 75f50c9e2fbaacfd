import type { Settings } from "../settings.ts";
import type { Host } from "../host.ts";
import type { NamedTarget } from "../targets.ts";

/** What the shell gives the panel. */
export interface PanelSetup {
  readonly targets: readonly [NamedTarget, ...NamedTarget[]];
  /** Title of the panel, or "". */
  readonly name: string;
  /** The element that carries the theme; the panel is added to it. */
  readonly frame: HTMLElement;
  readonly host: Host;
  /** Changed by `change`. */
  readonly settings: Readonly<Settings>;
  /** Fills its parent instead of docking. */
  readonly embedded: boolean;
  /** Run when the devtools are removed. */
  readonly undos: Set<() => void>;
  /** What the reader chose is remembered, and shows at once. */
  readonly change: (part: Partial<Settings>) => void;
  /** Shows one more cache. */
  readonly add: (target: NamedTarget) => void;
  /** Whether the panel is in a window of its own. */
  readonly isApart: () => boolean;
  /** Moves the panel to a window of its own, which `close` closes; back without it. */
  readonly depart: (close: (() => void) | undefined, move: () => void) => void;
  /** Tells that the panel has another place or size. */
  fit(): void;
  close(): void;
}
