/** The columns, in their order. */
export const STATUSES = ["todo", "doing", "done"] as const;

export type Status = (typeof STATUSES)[number];

export const STATUS_NAMES: Readonly<Record<Status, string>> = { todo: "To do", doing: "Doing", done: "Done" };

/** A card. Its place among those of its status is its place in the column. */
export interface Issue {
  readonly id: number;
  readonly title: string;
  readonly status: Status;
  readonly assignee: string;
  readonly commentCount: number;
}

export interface Move {
  readonly id: number;
  readonly status: Status;
  /** The issue of the new column that it is put before; `null` for the end. */
  readonly before: number | null;
}

/**
 * The issues after a move. The page uses it to show a move at once, and the server to do it. A move that is done already
 * changes no place, so it does not matter whether the page shows it on top of old data or of new data.
 */
export function moved<T extends Issue>(issues: readonly T[], { id, status, before }: Move): readonly T[] {
  const issue = issues.find((each) => each.id === id);
  if (issue === undefined || before === id) return issues;
  const others = issues.filter((each) => each !== issue);
  const place = others.findIndex((each) => each.id === before && each.status === status);
  const end = place === -1 ? others.length : place;
  return [...others.slice(0, end), { ...issue, status }, ...others.slice(end)];
}

export type Direction = "left" | "right" | "up" | "down";

/** The move of one step in a direction; `undefined` at the edge of the board. */
export function step(issues: readonly Issue[], { id, status }: Issue, direction: Direction): Move | undefined {
  if (direction === "left" || direction === "right") {
    const next = STATUSES[STATUSES.indexOf(status) + (direction === "left" ? -1 : 1)];
    return next && { id, status: next, before: null };
  }
  const column = issues.filter((each) => each.status === status);
  const place = column.findIndex((each) => each.id === id);
  if (direction === "up") return place > 0 ? { id, status, before: column[place - 1]!.id } : undefined;
  return place < column.length - 1 ? { id, status, before: column[place + 2]?.id ?? null } : undefined;
}
