import type { QueryInfo } from "../../query/index.ts";
import { printSteps } from "../panel/json-text.ts";
import { measuredSize } from "../panel/row-figures.ts";
import { recordingOf } from "../recording.ts";
import { type DevtoolsTarget, isClient } from "../source.ts";
import { queryOf } from "./client-queries.ts";
import { entryRows } from "./entry-rows.ts";
import { findKey, type FoundKey, type KeyRequest } from "./key-lookup.ts";
import { type KeyRow, keyRow } from "./keys.ts";
import { firstPiece, type Piece } from "./pieces.ts";
import { Refusal } from "./refusal.ts";
import { shownKey } from "./shown-key.ts";
import { inSlices } from "./slices.ts";
import { MAX_LINES, valueLines } from "./value-lines.ts";

/** Asks for one entry. */
export interface EntryRequest extends KeyRequest {
  /** How its value is told. @defaultValue "none" */
  readonly show?: "tree" | "json" | "none";
  /** The most lines of a tree. @defaultValue all, with long texts whole */
  readonly lines?: number;
}

/** One entry, or that it is not there. */
export interface EntryAnswer {
  /** As it was understood. */
  readonly key: string;
  /** `null` where neither an entry nor a query is there. */
  readonly entry: KeyRow | null;
  /** Whether a value is there: a query may wait for its first one. */
  readonly hasValue: boolean;
  /** Values of the tree, or characters of JSON; more of them by their ticket. */
  readonly value?: Piece;
  /** Lines of the whole tree. */
  readonly total?: number;
  /** Whether there are more, which were not counted. */
  readonly isMore?: boolean;
  /** What JSON cannot say, the first few. */
  readonly losses?: readonly string[];
}

/** Values inside one that JSON is made of, and its characters. */
const MAX_PRINTED = 500_000;
const MAX_JSON = 64_000_000;

/** One entry and its value. It counts as no read. */
export async function entry(target: DevtoolsTarget, request: EntryRequest): Promise<EntryAnswer> {
  const { show = "none", lines } = request;
  const isNumber = lines === undefined || (Number.isInteger(lines) && lines > 0 && lines <= MAX_LINES);
  if (!isNumber) throw new Refusal(`Lines are a number from 1 to ${MAX_LINES}, got ${String(lines)}.`);
  const found = await findKey(target, request);
  const rows = entryRows(target, recordingOf(target));
  const row = rows.rowOf(found.id, 0);
  const head = { key: shownKey(found.label) };
  if (!row) return { ...head, entry: null, hasValue: false };
  const query = isClient(target) ? queryOf(target, found.id as string) : undefined;
  const value = rows.peek(found.id);
  const isStored = row.ttlLeft !== undefined;
  const hasValue = isStored || value !== undefined;
  const size = isStored ? measuredSize(row, rows) : undefined;
  const answer = { ...head, entry: keyRow(row, size), hasValue };
  if (show === "none") return answer;
  if (show === "json") return { ...answer, ...(await jsonOf(value, query)) };
  return { ...answer, ...(await treeOf(found, hasValue, value, query, lines)) };
}

async function jsonOf(value: unknown, query: QueryInfo | undefined): Promise<Pick<EntryAnswer, "value" | "losses">> {
  const { text, losses } = await inSlices(printSteps(value, query ? "data" : "value", MAX_PRINTED));
  if (text.length > MAX_JSON) throw new Refusal("The value is longer than 64 MB as JSON, which is too much to send.");
  return { value: firstPiece(text), losses };
}

async function treeOf(
  { id }: FoundKey,
  hasValue: boolean,
  value: unknown,
  query: QueryInfo | undefined,
  most: number = MAX_LINES,
): Promise<Pick<EntryAnswer, "value" | "total" | "isMore">> {
  const key = query ? query.key : id;
  const roots = [
    ...(query?.status === "error" ? [{ label: "error", value: query.error }] : []),
    ...(hasValue ? [{ label: query ? "data" : "value", value }] : []),
    ...(typeof key === "object" && key !== null ? [{ label: "key", value: key as unknown }] : []),
  ];
  const { lines, total, isMore } = await inSlices(valueLines(roots, most, most === MAX_LINES));
  return { value: firstPiece(lines), total, isMore };
}
