/** What can be done with one row. */
export interface RowAction {
  readonly name:
    | "Refetch"
    | "Invalidate"
    | "Reset"
    | "Remove"
    | "Pin"
    | "Unpin"
    | "Expire now"
    | "Extend"
    | "Show loading"
    | "Show error"
    | "Restore";
  readonly group: "Data" | "Life" | "Test";
  /** Whether it is of use for a row; always, where it does not say. */
  isOffered?(id: unknown): boolean;
  /** What its button says besides its name. */
  more?(id: unknown): string;
  /** Does it. Gives what came of it, as a sentence about `label`. Throws what the cache throws. */
  run(id: unknown, label: string): string;
}

export function gone(label: string): string {
  return `${label} is not there any more.`;
}
