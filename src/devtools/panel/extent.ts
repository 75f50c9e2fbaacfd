import { useEffect, useState } from "preact/hooks";
import { harmless } from "../complaint.ts";
import type { Dock } from "../settings.ts";
import { isNarrow, shownDock } from "../style.ts";
import type { PanelSetup } from "./setup.ts";

/** Lowest height and width of the docked panel, in CSS pixels. */
const MIN_HEIGHT = 200;
const MIN_WIDTH = 320;
/** Height and width until the reader chose, and the most that they may take of the window then: the app comes first. */
const FIRST_HEIGHT = 420;
const FIRST_WIDTH = 480;
const HEIGHT_SHARE = 0.55;
const WIDTH_SHARE = 0.45;
const SHEET_SHARE = 0.84;
/** What stays visible of the page beside the panel; on a low window, such as a telephone on its side, a share of it. */
const PAGE_STRIP = 48;
const LOW_WINDOW = 500;
const LOW_STRIP = 0.35;

/** How far the panel reaches into the page: what the reader chose, and what fits the window. */
export interface PanelExtent {
  readonly dock: Dock;
  readonly shown: number;
  readonly min: number;
  readonly max: number;
  /** On a narrow window it is a sheet, which can fill the window. */
  readonly isSheet: boolean;
  /** 0 for what it was before the reader chose. */
  set(extent: number): void;
}

/** Follows the window, so that a panel never grows out of it. On a narrow one, it is a sheet. */
export function useExtent(setup: PanelSetup): PanelExtent {
  const { settings } = setup;
  const [, again] = useState(0);
  const render = (): void => again((count) => count + 1);
  useEffect(() => {
    addEventListener("resize", render);
    // The page of a test may be gone by then, with all that belongs to a window.
    return () => harmless("the window could not be left.", () => removeEventListener("resize", render));
  }, []);
  const isSheet = isNarrow();
  const dock = shownDock(settings.dock);
  const dimension = isSheet ? "sheet" : isUpright(dock) ? "width" : "height";
  const [min, page] = isUpright(dock) ? [MIN_WIDTH, innerWidth] : [MIN_HEIGHT, innerHeight];
  const isLow = !isUpright(dock) && page < LOW_WINDOW;
  const max = Math.max(min, page - (isSheet ? 0 : isLow ? LOW_STRIP * page : PAGE_STRIP));
  const within = (extent: number): number => Math.round(Math.min(max, Math.max(min, extent)));
  const first = {
    sheet: SHEET_SHARE * page,
    height: Math.min(FIRST_HEIGHT, HEIGHT_SHARE * page),
    width: Math.min(FIRST_WIDTH, WIDTH_SHARE * page),
  }[dimension];
  const shown = within(settings[dimension] || first);
  useEffect(() => setup.fit());
  const set = (extent: number): void => setup.change({ [dimension]: extent && within(extent) });
  return { dock, shown, min, max, isSheet, set };
}

/** Whether the panel stands beside the page. */
export function isUpright(dock: Dock): boolean {
  return dock === "left" || dock === "right";
}
