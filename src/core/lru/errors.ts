/** What went wrong, for programs; the message is for people. */
export type MachoErrorCode =
  | "invalid-option"
  | "invalid-argument"
  | "invalid-key"
  | "disposed"
  | "undefined-data"
  | "aborted"
  | "timeout"
  | "circular-load"
  | "invalid-policy"
  | "invalid-weight"
  | "invalid-dump"
  | "full"
  | "no-provider"
  | "lost-client"
  | "tier";

/** Every error that Macho itself throws. Errors of a loader or a fetcher reach the caller as they are. */
export class MachoError extends Error {
  /** The name of the class. */
  override readonly name: string = "MachoError";
  /** What went wrong, for programs. The message ends with it. */
  declare readonly code: MachoErrorCode;

  /** @param message what was wrong, what was got, what to do; the code is put behind it */
  constructor(code: MachoErrorCode, message: string, options?: { cause?: unknown }) {
    super(`${message} [${code}]`, options);
    this.code = code;
  }
}

/** An option that cannot be used; nothing was created or changed. */
export class MachoOptionError extends MachoError {
  /** The name of the class. */
  override readonly name: string = "MachoOptionError";
  /** The name of the option. */
  declare readonly option: string;
  /** What was passed for it. */
  declare readonly got: unknown;

  /**
   * @param must the rest of a sentence that begins with the option's name
   * @param remedy a sentence
   */
  constructor(option: string, must: string, got: unknown, remedy: string) {
    super("invalid-option", `${option} ${must}, got ${describe(got)}. ${remedy}`);
    this.option = option;
    this.got = got;
  }
}

const LONGEST = 60;

/** Any value in a few words. Never throws and never runs the user's code. */
export function describe(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return "a function";
  if (typeof value !== "object" || value === null) return Object.is(value, -0) ? "-0" : String(value);
  return Array.isArray(value) ? "an array" : "an object";
}

/** The call came too late. @param what was disposed of */
export function disposedError(method: string, what = "cache"): MachoError {
  const message = `${method} was called on a disposed ${what}. Make a new one, or dispose of it later.`;
  return new MachoError("disposed", message);
}
