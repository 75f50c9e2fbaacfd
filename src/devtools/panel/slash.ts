import type { RefObject } from "preact";

/** `/` leads to the filter from anywhere in the panel, unless the reader is writing. Returns the undo. */
export function focusBySlash(frame: HTMLElement, filter: RefObject<HTMLInputElement | null>): () => void {
  const hear = (event: KeyboardEvent): void => {
    const isWriting = (event.target as Element).matches("input, select, textarea");
    if (event.key !== "/" || isWriting || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    filter.current?.focus();
    filter.current?.select();
  };
  frame.addEventListener("keydown", hear);
  return () => frame.removeEventListener("keydown", hear);
}
