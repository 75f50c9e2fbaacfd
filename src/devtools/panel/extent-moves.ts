import type { Dock } from "../settings.ts";
import type { PanelExtent } from "./extent.ts";

/** CSS pixels of an arrow key, and of Page Up and Page Down. */
const STEP = 16;
const BIG_STEP = 96;

/** The extent that a pointer at this place of the window asks for. */
export function pointedExtent(dock: Dock, { clientX, clientY }: { clientX: number; clientY: number }): number {
  switch (dock) {
    case "bottom":
      return innerHeight - clientY;
    case "top":
      return clientY;
    case "left":
      return clientX;
    case "right":
      return innerWidth - clientX;
  }
}

/** Keys that move the inner edge, away from the docked side and towards it. */
const ARROWS: Readonly<Record<Dock, readonly [grow: string, shrink: string]>> = {
  bottom: ["ArrowUp", "ArrowDown"],
  top: ["ArrowDown", "ArrowUp"],
  left: ["ArrowRight", "ArrowLeft"],
  right: ["ArrowLeft", "ArrowRight"],
};

/** The extent that a key asks for; `undefined` for a key that asks for none. */
export function keyExtent(key: string, { dock, shown, min, max }: PanelExtent): number | undefined {
  const [grow, shrink] = ARROWS[dock];
  const extents: Record<string, number> = {
    [grow]: shown + STEP,
    [shrink]: shown - STEP,
    PageUp: shown + BIG_STEP,
    PageDown: shown - BIG_STEP,
    Home: min,
    End: max,
  };
  return extents[key];
}
