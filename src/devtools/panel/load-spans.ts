// What the waterfall draws: parts of loads in time, and their outcome in words.
import type { LoggedLoad } from "../load-log.ts";
import { duration, plural } from "./format.ts";

/** A part of a load: a try, the wait for the next one, or a pause until there is a network or somebody looks. */
export interface LoadSpan {
  readonly kind: "try" | "wait" | "pause";
  /** Wall time in ms. */
  readonly from: number;
  /** The time that was given, while it goes on. */
  readonly to: number;
  readonly isFailed: boolean;
  readonly error: string | undefined;
}

/** An unseen end looks like an abort: nobody knows how long it would have taken. */
export type Shape = "load" | "refresh" | "failed" | "wait" | "pause" | "aborted";

const KINDS = { fetching: "try", retry: "wait", paused: "pause" } as const;

/** The parts of a load, one after the other. */
export function spansOf(load: LoggedLoad, now: number): LoadSpan[] {
  const { steps, start, end = now, error } = load;
  const isFailed = hasFailed(load);
  // One of `getOrLoad` is one try.
  if (steps.length === 0) return [{ kind: "try", from: start, to: end, isFailed, error }];
  const forgotten = forgottenTries(load);
  const spans = steps.flatMap((step, index): LoadSpan[] => {
    const next = steps[index + 1];
    // A pause that ends is told as a try, which is told then.
    if (next?.kind === step.kind) return [];
    const isTry = step.kind === "fetching";
    return [
      {
        kind: KINDS[step.kind],
        from: index === 0 && !forgotten ? start : step.at,
        to: next?.at ?? end,
        isFailed: isTry && (next ? next.kind === "retry" : isFailed),
        error: isTry ? (next ? next.error : error) : undefined,
      },
    ];
  });
  if (forgotten === 0) return spans;
  return [{ kind: "wait", from: start, to: spans[0]!.from, isFailed: false, error: undefined }, ...spans];
}

/** How a part is drawn: by a load's last part, how it ended. */
export function shapeOf({ kind, isFailed }: LoadSpan, { outcome, isRefresh }: LoggedLoad, isLast: boolean): Shape {
  if (kind !== "try") return kind;
  if (isFailed) return "failed";
  if (isLast && (outcome === "aborted" || outcome === "unseen")) return "aborted";
  return isRefresh ? "refresh" : "load";
}

/** What the rows of some loads are drawn with. */
export function shapesOf(loads: readonly LoggedLoad[], now: number): ReadonlySet<Shape | "pin"> {
  const shapes = loads.flatMap((load) => {
    const drawn = spansOf(load, now).map((span, index, { length }) => shapeOf(span, load, index === length - 1));
    return load.joined > 0 ? [...drawn, "pin" as const] : drawn;
  });
  return new Set(shapes);
}

/** Of a load that was tried very often, the first steps are forgotten. */
export function forgottenTries({ steps, retries }: LoggedLoad): number {
  return retries - steps.filter(({ kind }) => kind === "retry").length;
}

export function hasFailed({ outcome }: LoggedLoad): boolean {
  return outcome === "failed" || outcome === "timed out";
}

/** How long a load took, or has taken so far. */
export function tookWords({ isLate, start, end }: LoggedLoad, now: number): string {
  return `${isLate ? "over " : ""}${duration((end ?? now) - start)}`;
}

/** How a load ended, in a word or two, and what else is worth a word. */
export function outcomeWords(load: LoggedLoad, now: number): readonly [outcome: string, note: string] {
  const { outcome, isLate, isRefresh, retries, joined, error = "" } = load;
  const took = tookWords(load, now);
  const notes = [
    isLate && "begin unknown",
    isRefresh && "refresh",
    retries > 0 && plural(retries + (outcome ? 1 : 0), "try", "tries"),
    joined > 0 && `${joined} joined`,
  ];
  const note = notes.filter(Boolean).join(" · ");
  switch (outcome) {
    case undefined:
      return [`${load.steps[load.steps.length - 1]?.kind === "paused" ? "paused" : "running"} ${took}`, note];
    case "succeeded":
      return [took, note];
    case "failed":
      return ["failed", error];
    case "unseen":
      return ["end unknown", note];
    default:
      return [outcome, `after ${took}`];
  }
}

/** A stretch of time: all that is drawn. */
export interface TimeWindow {
  /** Wall time in ms. */
  readonly from: number;
  readonly to: number;
}

/** The loads of a window, the oldest first; of keys with this text, or only those of which a try failed. */
export function loadsIn(
  loads: readonly LoggedLoad[],
  { from, to }: TimeWindow,
  fits: (load: LoggedLoad) => boolean,
): LoggedLoad[] {
  return loads.filter((load) => load.start <= to && (load.end ?? Infinity) >= from && fits(load));
}

/** The place of a time in a window, in percent, cut at its edges. */
export function placeOf(at: number, { from, to }: TimeWindow): number {
  return Math.round(Math.max(0, Math.min(1, (at - from) / (to - from))) * 10_000) / 100;
}
