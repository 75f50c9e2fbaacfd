import { CARDS_STYLE } from "./style-cards.ts";
import { OVERVIEW_STYLE } from "./style-overview.ts";
import { PANEL_STYLE } from "./style-panel.ts";

/** The rules of the frame and of the first page. */
export const FIRST_STYLE: string = PANEL_STYLE + CARDS_STYLE + OVERVIEW_STYLE;

/** The rules of the other pages, and of what comes right after the first. */
export async function loadLateStyle(): Promise<string> {
  return (await import("./late-style.ts")).LATE_STYLE;
}
