import { type Child, childList, chunk } from "./value-children.ts";
import { isCopyable } from "./value-copy.ts";
import { valueWords, type ValueWords } from "./value-words.ts";

/** One line of the flattened tree. */
export interface TreeRow {
  /** Positions from the root, such as `0/3/12`. */
  readonly path: string;
  /** From 1. */
  readonly level: number;
  readonly label: string;
  readonly words: ValueWords;
  readonly expandable: boolean;
  readonly expanded: boolean;
  readonly value: unknown;
  /** The names that lead to the value from the root, of one that can be replaced in a copy. */
  readonly names: readonly string[] | undefined;
  /** From 1, among `setSize` siblings. */
  readonly position: number;
  readonly setSize: number;
}

/** A root of the tree: a named value. */
export interface TreePart {
  readonly label: string;
  readonly value: unknown;
  /** Whether its values can be replaced. */
  readonly isEditable?: boolean;
}

/** The path of the first root. */
export const ROOT = "0";

/** The open nodes, and the objects above a node. An object above itself is a cycle. */
interface Walk {
  readonly open: ReadonlySet<string>;
  readonly rows: TreeRow[];
}

interface Place {
  readonly path: string;
  readonly level: number;
  readonly position: number;
  readonly setSize: number;
  readonly above: readonly object[];
  readonly names: readonly string[] | undefined;
}

/** The visible lines of some values: only what is in `open` is looked into. */
export function flattenTree(parts: readonly TreePart[], open: ReadonlySet<string>): TreeRow[] {
  const walk: Walk = { open, rows: [] };
  parts.forEach(({ label, value, isEditable }, index) => {
    const names = isEditable ? [] : undefined;
    const place = { path: String(index), level: 1, position: index + 1, setSize: parts.length, above: [], names };
    visit(walk, { type: "value", label, value }, place);
  });
  return walk.rows;
}

function visit(walk: Walk, child: Child, place: Place): void {
  const inside = opened(child, place.above);
  const expanded = inside !== undefined && walk.open.has(place.path);
  walk.rows.push({
    path: place.path,
    level: place.level,
    label: child.label,
    words: wordsOf(child, place.above),
    expandable: inside !== undefined,
    expanded,
    value: child.type === "value" ? child.value : undefined,
    names: child.type === "value" ? place.names : undefined,
    position: place.position,
    setSize: place.setSize,
  });
  if (expanded) visitInside(walk, child, inside(), place);
}

function visitInside(walk: Walk, child: Child, children: Child[], place: Place): void {
  const above = child.type === "value" && isObject(child.value) ? [...place.above, child.value] : place.above;
  children.forEach((each, index) => {
    const path = `${place.path}/${index}`;
    const names = namesOf(each, child, place.names);
    visit(walk, each, { path, level: place.level + 1, position: index + 1, setSize: children.length, above, names });
  });
}

/** The names that lead to a child, where it can be replaced. A range is of what is around it. */
function namesOf(child: Child, parent: Child, names: Place["names"]): Place["names"] {
  const mayReplace = parent.type === "range" || (parent.type === "value" && isCopyable(parent.value as object));
  if (!names || !mayReplace || child.type === "note") return undefined;
  if (child.type === "range") return names;
  return child.name === undefined ? undefined : [...names, child.name];
}

/** How to read the children; `undefined` for a leaf. */
function opened(child: Child, above: readonly object[]): (() => Child[]) | undefined {
  if (child.type === "note") return undefined;
  if (child.type === "range") return () => chunk(child.list, child.from, child.to);
  if (!isObject(child.value) || above.includes(child.value)) return undefined;
  const list = childList(child.value);
  return list.length === 0 ? undefined : () => chunk(list, 0, list.length);
}

function wordsOf(child: Child, above: readonly object[]): ValueWords {
  if (child.type === "note") return child.words;
  if (child.type === "range") return { kind: "note", text: child.text ?? "" };
  const words = valueWords(child.value);
  if (!isObject(child.value) || !above.includes(child.value)) return words;
  return { kind: "note", text: `${words.text} circular` };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** The path one level up; `undefined` at the root. */
export function parentPath(path: string): string | undefined {
  const end = path.lastIndexOf("/");
  return end < 0 ? undefined : path.slice(0, end);
}
