import { options } from "preact";

/** Ms after which effects run without a frame: a hidden page is given none. */
const LONGEST_WAIT = 50;

/** Preact looks for frames once, when it is loaded; the page of a test may have lost them since. */
export function followHostFrames(): void {
  options.requestAnimationFrame = afterFrame;
}

function afterFrame(run: () => void): void {
  let frame: number | undefined;
  const done = (): void => {
    clearTimeout(timeout);
    if (frame !== undefined && typeof cancelAnimationFrame === "function") cancelAnimationFrame(frame);
    // Not inside the frame, so that the page is painted first.
    setTimeout(run);
  };
  const timeout = setTimeout(done, LONGEST_WAIT);
  if (typeof requestAnimationFrame === "function") frame = requestAnimationFrame(done);
}
