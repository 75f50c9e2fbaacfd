import type { RowView } from "./row-order.ts";

/** What is shown of the rows, and which one is open. */
export interface EntriesView extends RowView {
  readonly selected: { readonly id: unknown } | undefined;
}

export const INITIAL_VIEW: EntriesView = {
  filter: "",
  status: undefined,
  sort: "order",
  descending: false,
  selected: undefined,
};

/** Whether two keys are one, as a Map compares them. */
export function sameKey(a: unknown, b: unknown): boolean {
  return a === b || Object.is(a, b);
}
