import type { Dock } from "./settings.ts";
import { createStylesheet, type Stylesheet } from "./stylesheet.ts";

/** Room of the page for a docked panel, so that what it covers can be scrolled into sight. */
export class Room {
  #element: HTMLElement;
  #sheet: Stylesheet | undefined;

  /** @param element the host, a child of `<html>` */
  constructor(element: HTMLElement) {
    this.#element = element;
  }

  /** Room of `size` CSS pixels on one side, in place of what was taken before. */
  take(side: Dock, size: number): void {
    // Above the page it is no box of it.
    const isBelow = side === "bottom" && !this.#element.popover;
    this.#below(isBelow ? size : 0);
    this.#beside(side, isBelow ? 0 : size);
  }

  release(): void {
    this.take("bottom", 0);
  }

  /** The host itself takes the room, as the last box of the page; no style of the page is touched. */
  #below(height: number): void {
    const { style } = this.#element;
    style.setProperty("display", "block", "important");
    style.setProperty("position", height > 0 ? "relative" : "fixed", "important");
    style.setProperty("height", `${height}px`, "important");
  }

  // Before the page and beside it there is no box to take. A sheet of our own leaves the page's own styles, and goes.
  #beside(side: Dock, size: number): void {
    this.#sheet?.remove();
    this.#sheet = undefined;
    if (size === 0) return;
    this.#sheet = createStylesheet(document);
    this.#sheet.add(`:root { margin-${side}: ${size}px !important; }`);
  }
}
