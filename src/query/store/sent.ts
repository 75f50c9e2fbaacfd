import type { Answer } from "../machine/answer.ts";

/** What a server sent of a key. */
export interface Sent {
  /** `undefined` until the promise that was sent brings it. */
  answer: Answer | undefined;
  /** Monotonic ms at which the answer was sent, or came by the promise. */
  at: number;
  readonly promise?: unknown;
  /** Wall time in ms at which the promise was sent. */
  readonly promisedAt?: number;
}

/** Reads what comes with the parts of a page. */
export interface StreamedParts {
  /** What is there for a client of this name. */
  read(name: string): void;
  /** Whether somebody asked for what has this name. */
  hasRead(name: string): boolean;
  /** A part hydrates: what is new since then. */
  readNewParts(): void;
}
