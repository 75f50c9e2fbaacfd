/** @jsxImportSource preact */
import type { JSX, TargetedPointerEvent } from "preact";
import { keyExtent, pointedExtent } from "./extent-moves.ts";
import { isUpright, type PanelExtent } from "./extent.ts";

/** A separator that is dragged, or moved by keys. */
export function ResizeHandle({ extent }: { extent: PanelExtent }): JSX.Element {
  const upright = isUpright(extent.dock);
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = keyExtent(event.key, extent);
    if (next === undefined) return;
    event.preventDefault();
    extent.set(next);
  };
  // A captured pointer keeps sending its moves here, wherever it goes: no listener on the window.
  const onPointerDown = (event: TargetedPointerEvent<HTMLDivElement>): void =>
    event.currentTarget.setPointerCapture?.(event.pointerId);
  const onPointerMove = (event: TargetedPointerEvent<HTMLDivElement>): void => {
    if (event.currentTarget.hasPointerCapture?.(event.pointerId)) extent.set(pointedExtent(extent.dock, event));
  };
  return (
    <div
      class="handle"
      role="separator"
      tabIndex={0}
      aria-orientation={upright ? "vertical" : "horizontal"}
      aria-label={upright ? "Width of the panel" : "Height of the panel"}
      aria-valuenow={extent.shown}
      aria-valuemin={extent.min}
      aria-valuemax={extent.max}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
    />
  );
}
