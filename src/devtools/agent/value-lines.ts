import { childList, type Child, type ChildList, readable } from "../panel/value-children.ts";
import { valueWords, type ValueWords } from "../panel/value-words.ts";
import { CUT } from "./shown-key.ts";

/** One line of a value as a tree. */
export interface ValueLine extends ValueWords {
  /** From 0. */
  readonly level: number;
  readonly label: string;
}

/** A value as lines. */
export interface ValueLines {
  readonly lines: readonly ValueLine[];
  /** Of all that there are. */
  readonly total: number;
  /** Whether there are more, which were not counted. */
  readonly isMore: boolean;
}

/** Lines that are counted, levels that are opened, and characters of all lines, of one text and of one label. */
export const MAX_LINES = 100_000;
const MAX_LEVELS = 100;
const MAX_TEXT = 16_000_000;
const MAX_STRING = 1_000_000;
const MAX_LABEL = 400;

/** Where a walk is inside a value. The chain finds cycles. */
interface Frame {
  readonly list: ChildList;
  readonly owner: object | undefined;
  readonly outer: Frame | undefined;
  readonly level: number;
  readonly end: number;
  at: number;
}

/**
 * Values as the lines of a tree, all of it open. Runs no code of a value. Gives a chance of a pause at each line.
 *
 * @param most lines that are given; further ones are counted
 * @param isWhole whether long texts are given whole
 */
export function* valueLines(
  roots: readonly { readonly label: string; readonly value: unknown }[],
  most: number,
  isWhole: boolean,
): Generator<undefined, ValueLines> {
  const list: ChildList = { length: roots.length, at: (index) => ({ type: "value", ...roots[index]! }) };
  const lines: ValueLine[] = [];
  let total = 0;
  let text = 0;
  let frame: Frame | undefined = { list, owner: undefined, outer: undefined, level: 0, end: list.length, at: 0 };
  while (frame) {
    yield;
    if (frame.at === frame.end) {
      frame = frame.outer;
      continue;
    }
    if (total === MAX_LINES || text > MAX_TEXT) return { lines, total, isMore: true };
    const child = readable(frame.list, frame.at++);
    total++;
    if (lines.length < most) {
      const line = lineOf(child, frame, isWhole);
      text += line.text.length + line.label.length;
      lines.push(line);
    }
    frame = opened(child, frame) ?? frame;
  }
  return { lines, total, isMore: false };
}

function lineOf(child: Child, frame: Frame, isWhole: boolean): ValueLine {
  const { kind, text } = wordsOf(child, frame, isWhole);
  const label = child.label.length > MAX_LABEL ? `${child.label.slice(0, MAX_LABEL)}${CUT}` : child.label;
  return { level: frame.level, label, kind, text };
}

function wordsOf(child: Child, frame: Frame, isWhole: boolean): ValueWords {
  if (child.type === "note") return child.words;
  if (child.type === "range") return { kind: "note", text: child.text ?? "" };
  const { value } = child;
  if (isWhole && typeof value === "string" && value.length <= MAX_STRING) {
    return { kind: "string", text: JSON.stringify(value) };
  }
  const words = valueWords(value);
  if (!isObject(value)) return words;
  if (isAbove(value, frame)) return { kind: "note", text: `${words.text} circular` };
  return frame.level < MAX_LEVELS ? words : { kind: "note", text: `${words.text} too deep to be shown` };
}

/** What is inside a child, as a frame of its own; `undefined` for a leaf. */
function opened(child: Child, frame: Frame): Frame | undefined {
  if (child.type === "note" || frame.level >= MAX_LEVELS) return undefined;
  const level = frame.level + 1;
  if (child.type === "range") {
    return { list: child.list, owner: undefined, outer: frame, level, at: child.from, end: child.to };
  }
  if (!isObject(child.value) || isAbove(child.value, frame)) return undefined;
  const list = childList(child.value);
  return list.length === 0 ? undefined : { list, owner: child.value, outer: frame, level, at: 0, end: list.length };
}

function isAbove(value: object, frame: Frame): boolean {
  for (let each: Frame | undefined = frame; each; each = each.outer) if (each.owner === value) return true;
  return false;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
