/** What the command says to the program that ran it. Each is in docs/command.md. */
export const EXIT = {
  /** It did what it was asked. */
  done: 0,
  /** It found what a script may want to stop at: advice to change something, or a key that is not there. */
  found: 1,
  /** The command line cannot be understood. */
  usage: 2,
  /** No page or server, or no cache in it, or several of which none was named. */
  noTarget: 3,
  /** The page or server is gone, hangs, or is of another version. */
  lost: 4,
  /** A change was not confirmed, or the cache refused it. */
  refused: 5,
  /** A file cannot be read or written, or does not hold what it should. */
  file: 6,
  /** The user has ended it before it was done. */
  ended: 130,
} as const;

export type Exit = (typeof EXIT)[keyof typeof EXIT];

/** Ends the command with a sentence: what was wrong, what was got, what to do. */
export class CommandError extends Error {
  override readonly name = "CommandError";
  readonly exit: Exit;

  constructor(exit: Exit, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.exit = exit;
  }
}
