import type { Exit } from "../exit.ts";
import type { Terminal } from "../terminal.ts";

/** What every command is given. */
export interface CommandContext {
  readonly terminal: Terminal;
  /** Sets the status that the process ends with; 0 unless it is called. */
  readonly exit: (code: Exit) => void;
}
