import type { Dock } from "./settings.ts";

/** Room of the page for a docked panel, so that what it covers can be scrolled into sight. */
export class Room {
  #element: HTMLElement;
  #sheet: CSSStyleSheet | undefined;

  /** @param element the host, a child of `<html>` */
  constructor(element: HTMLElement) {
    this.#element = element;
  }

  /** Room of `size` CSS pixels on one side, in place of what was taken before. */
  take(side: Dock, size: number): void {
    this.#below(side === "bottom" ? size : 0);
    this.#beside(side, side === "bottom" ? 0 : size);
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

  // Before the page and beside it there is no box to take. A constructed sheet leaves the page's own styles, and goes.
  #beside(side: Dock, size: number): void {
    const others = document.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet);
    if (size === 0) {
      if (this.#sheet) document.adoptedStyleSheets = others;
      return;
    }
    this.#sheet ??= new CSSStyleSheet();
    this.#sheet.replaceSync(`:root { margin-${side}: ${size}px !important; }`);
    document.adoptedStyleSheets = [...others, this.#sheet];
  }
}
