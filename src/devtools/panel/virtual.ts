import type { RefObject } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

/** Rows rendered beyond each edge, so that a quick scroll shows no hole. */
const OVERSCAN = 8;

/** Which rows of a long list to render. */
export interface VirtualRows {
  readonly from: number;
  readonly to: number;
  /** Width inside, in CSS pixels; 0 where nothing is laid out. */
  readonly width: number;
  /** Height of all rows, in CSS pixels. */
  readonly height: number;
  onScroll: () => void;
  /** Scrolls as little as needed for row `index` to be seen. */
  reveal: (index: number) => void;
}

/** Renders only what a scrolled element shows. All rows are `rowHeight` high; `top` is the height of a sticky header. */
export function useVirtualRows(
  scroller: RefObject<HTMLElement | null>,
  count: number,
  rowHeight: number,
  top = 0,
): VirtualRows {
  const [{ offset, height, width }, place] = useState({ offset: 0, height: 600, width: 0 });
  const measure = (): void => {
    const element = scroller.current;
    if (element) place({ offset: element.scrollTop, height: element.clientHeight, width: element.clientWidth });
  };
  useLayoutEffect(() => {
    const element = scroller.current;
    return element ? followSize(element, measure) : undefined;
  }, []);
  const from = Math.max(0, Math.min(count, Math.floor(offset / rowHeight)) - OVERSCAN);
  return {
    from,
    to: Math.min(count, Math.ceil((offset + height) / rowHeight) + OVERSCAN),
    width,
    height: count * rowHeight,
    onScroll: measure,
    reveal(index) {
      const element = scroller.current;
      if (!element) return;
      const [start, end] = [index * rowHeight, (index + 1) * rowHeight];
      if (start < element.scrollTop) element.scrollTop = start;
      else if (end > element.scrollTop + element.clientHeight - top)
        element.scrollTop = end - element.clientHeight + top;
      measure();
    },
  };
}

/** Calls `measure` at once, and when the element has another size. Returns the undo. */
function followSize(element: Element, measure: () => void): () => void {
  try {
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  } catch {
    // Without an observer, as in jsdom: the window is what changes most.
    measure();
    addEventListener("resize", measure);
    return () => removeEventListener("resize", measure);
  }
}

/** The row that a key leads to from row `index`; `undefined` when the key is none of a list. */
export function rowByKey(key: string, index: number, count: number, page: number): number | undefined {
  const moves: Record<string, number> = {
    ArrowDown: index + 1,
    ArrowUp: index - 1,
    PageDown: index + page,
    PageUp: index - page,
    Home: 0,
    End: count - 1,
  };
  const next = moves[key];
  return next === undefined ? undefined : Math.max(0, Math.min(count - 1, next));
}
