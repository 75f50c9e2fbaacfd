import type { Stamp } from "./tier.ts";

/** Ms by which the clock of another tab may be ahead. A stamp beyond is not followed. */
const MOST_AHEAD = 300_000;

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

  /** Another writer gave this one. */
  saw([at]: Stamp): void {
    if (at > this.#last && at < this.#wallNow() + MOST_AHEAD) this.#last = at;
  }
}

/** Whether one was given after the other. */
export function isLater([at, writer]: Stamp, [otherAt, otherWriter]: Stamp): boolean {
  return at === otherAt ? writer > otherWriter : at > otherAt;
}
