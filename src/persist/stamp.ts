import type { Stamp } from "./tier.ts";

/** Ms of wall time that nothing is beyond, in the year 144,683: there is always a next stamp. */
export const LAST: number = 2 ** 52;

/** Gives the stamps of one writer. Each is later than all that it gave or saw: a hybrid logical clock, Kulkarni et al., 2014. */
export class Stamps {
  readonly writer: string;
  #wallNow: () => number;
  #last = 0;

  constructor(writer: string, wallNow: () => number) {
    this.writer = writer;
    this.#wallNow = wallNow;
  }

  next(): Stamp {
    const wall = this.#wallNow();
    // A wall clock may stand still, go back, or be no number.
    this.#last = wall > this.#last ? wall : this.#last + 1;
    return [this.#last, this.writer];
  }

  /** Whether nothing later was given or seen. */
  isLast([at]: Stamp): boolean {
    return at === this.#last;
  }

  /** Another writer gave this one. Its clock may be far ahead: a storage that compares would take nothing of ours otherwise. */
  saw([at]: Stamp): void {
    if (at > this.#last) this.#last = at;
  }
}

/** Whether one was given after the other. */
export function isLater([at, writer]: Stamp, [otherAt, otherWriter]: Stamp): boolean {
  return at === otherAt ? writer > otherWriter : at > otherAt;
}

/** Whether something is a stamp. */
export function isStamp(stamp: unknown): stamp is Stamp {
  return (
    Array.isArray(stamp) &&
    Number.isFinite(stamp[0]) &&
    Math.abs(stamp[0] as number) < LAST &&
    typeof stamp[1] === "string"
  );
}

/** Tells this page from others. */
export function writerName(): string {
  return Math.random().toString(36).slice(2);
}
