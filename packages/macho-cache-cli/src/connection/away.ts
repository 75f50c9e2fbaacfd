import { CommandError, EXIT, type Exit } from "../exit.ts";

/** A cache cannot be asked now. It may come back: see follow-cache.ts. */
export class Away extends CommandError {
  /** `silent`: the page is still there and does not answer. */
  readonly kind: "gone" | "silent";

  constructor(kind: Away["kind"], message: string, { cause, exit = EXIT.lost }: { cause?: unknown; exit?: Exit } = {}) {
    super(exit, message, { cause });
    this.kind = kind;
  }
}

/** The page or process is not there any more. */
export function gone(message: string, cause?: unknown): Away {
  return new Away("gone", message, { cause });
}

/** Waits for an answer of a page. @param timeout ms @throws Away when none comes in time */
export async function answerWithin<T>(asked: Promise<T>, timeout: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const words = `No answer within ${timeout / 1_000} s: the page is busy, asleep, or stopped at a breakpoint. Bring it to the front, or pass a longer --timeout.`;
    // It is the connection that keeps the command running.
    timer = setTimeout(() => reject(new Away("silent", words)), timeout).unref();
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
    // It may come, and fail, when nobody waits any more.
    asked.catch(() => undefined);
  }
}
