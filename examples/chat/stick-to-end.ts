import { type RefObject, useEffect, useRef } from "react";

/** How far from the end still counts as at the end, in px. */
const NEAR = 40;

/**
 * Keeps the end of an element in sight while its only child grows, until somebody scrolls up to read, and from when they
 * are back at the end.
 */
export function useStickToEnd<E extends HTMLElement>(): RefObject<E | null> {
  const ref = useRef<E>(null);
  useEffect(() => {
    const element = ref.current;
    const content = element?.firstElementChild;
    if (!element || !content) return undefined;
    let isAtEnd = true;
    let top = 0;
    const look = (): void => {
      const { scrollHeight, scrollTop, clientHeight } = element;
      // The text may have grown since this scrolled to its end: only somebody who scrolls up leaves it.
      if (scrollTop < top) isAtEnd = false;
      if (scrollHeight - scrollTop - clientHeight < NEAR) isAtEnd = true;
      top = scrollTop;
    };
    const follow = new ResizeObserver(() => {
      if (isAtEnd) element.scrollTop = element.scrollHeight;
    });
    follow.observe(content);
    element.addEventListener("scroll", look);
    return () => {
      follow.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, []);
  return ref;
}
