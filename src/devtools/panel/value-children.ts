import { stackLines } from "./error-text.ts";
import { isTypedArray, valueWords, type ValueWords } from "./value-words.ts";

/** The most children that one node of the tree shows; more of them are gathered in ranges. */
const CHUNK = 100;

/** One child of a node: a value, a getter that is not run, or a range of further children. */
export type Child =
  | {
      readonly type: "value";
      readonly label: string;
      readonly value: unknown;
      /** Of a property of this name, by which it can be replaced. */
      readonly name?: string;
    }
  | { readonly type: "note"; readonly label: string; readonly words: ValueWords }
  | {
      readonly type: "range";
      readonly label: string;
      readonly list: ChildList;
      readonly from: number;
      readonly to: number;
      /** What it holds, where the label does not say. */
      readonly text?: string;
    };

/** Children by position, so that only those on screen are read. */
export interface ChildList {
  readonly length: number;
  at(index: number): Child;
}

const NONE: ChildList = { length: 0, at: () => ({ type: "note", label: "", words: { kind: "note", text: "" } }) };

/** What is inside a value. */
export function childList(value: unknown): ChildList {
  if (typeof value !== "object" || value === null) return NONE;
  try {
    return listOf(value);
  } catch {
    return NONE;
  }
}

function listOf(value: object): ChildList {
  if (value instanceof Date || value instanceof RegExp) return NONE;
  if (value instanceof Error) return errorList(value);
  if (Array.isArray(value)) return { length: value.length, at: (index) => property(value, String(index)) };
  if (isTypedArray(value)) return { length: value.length, at: (index) => itemOf(value[index], index) };
  if (value instanceof Map) return lazyList(value.size, () => Map.prototype.entries.call(value), pairChild);
  if (value instanceof Set) return lazyList(value.size, () => Set.prototype.values.call(value), itemOf);
  return propertyList(value);
}

function propertyList(value: object, isShown: (name: PropertyKey) => boolean = () => true): ChildList {
  const names = Reflect.ownKeys(value).filter(isShown);
  return { length: names.length, at: (index) => property(value, names[index] ?? "") };
}

/** The stack comes first: it is what a reader of an error wants. */
function errorList(error: Error): ChildList {
  const lines = stackLines(error);
  if (!lines) return propertyList(error);
  const others = propertyList(error, (name) => name !== "stack");
  return {
    length: others.length + 1,
    at: (index) => (index === 0 ? stackChild(lines) : others.at(index - 1)),
  };
}

function stackChild(lines: readonly string[]): Child {
  const list: ChildList = {
    length: lines.length,
    at: (index) => ({ type: "note", label: "", words: { kind: "object", text: lines[index] ?? "" } }),
  };
  return { type: "range", label: "stack", list, from: 0, to: lines.length, text: `${lines.length} lines` };
}

function property(owner: object, name: PropertyKey): Child {
  const label = typeof name === "symbol" ? `[${String(name)}]` : String(name);
  const found = Object.getOwnPropertyDescriptor(owner, name);
  if (!found) return { type: "note", label, words: { kind: "note", text: "empty" } };
  if ("value" in found) {
    const value: unknown = found.value;
    return typeof name === "string" ? { type: "value", label, value, name } : { type: "value", label, value };
  }
  // An error of another frame is no Error here, and has its stack all the same.
  const lines = name === "stack" ? stackLines(owner) : undefined;
  if (lines) return stackChild(lines);
  return { type: "note", label, words: { kind: "note", text: accessorText(found) } };
}

function accessorText(found: PropertyDescriptor): string {
  if (found.get === undefined) return "accessor: setter only";
  return found.set === undefined ? "accessor: getter, not run" : "accessor: getter and setter, not run";
}

/** A copy of what is inside is made when the node opens, and never by running an overridden iterator. */
function lazyList<T>(length: number, read: () => Iterable<T>, child: (item: T, index: number) => Child): ChildList {
  let items: T[] | undefined;
  return { length, at: (index) => child((items ??= [...read()])[index] as T, index) };
}

function itemOf(value: unknown, index: number): Child {
  return { type: "value", label: String(index), value };
}

function pairChild([key, value]: [unknown, unknown]): Child {
  const label = `${valueWords(key).text} =>`;
  const isObject = typeof key === "object" && key !== null;
  return { type: "value", label, value: isObject ? new MapPair(key, value) : value };
}

/** A map entry whose key is an object, which the tree can open as well. */
class MapPair {
  readonly key: unknown;
  readonly value: unknown;

  constructor(key: unknown, value: unknown) {
    this.key = key;
    this.value = value;
  }
}

/** The children of positions `from` to `to`: themselves, or at most 100 ranges of them. */
export function chunk(list: ChildList, from: number, to: number): Child[] {
  const size = to - from;
  let step = 1;
  while (size / step > CHUNK) step *= CHUNK;
  const children: Child[] = [];
  for (let start = from; start < to; start += step) {
    children.push(step === 1 ? readable(list, start) : range(list, start, Math.min(to, start + step)));
  }
  return children;
}

/** A proxy may count its children and refuse to show one. */
export function readable(list: ChildList, index: number): Child {
  try {
    return list.at(index);
  } catch {
    return { type: "note", label: String(index), words: { kind: "note", text: "unreadable" } };
  }
}

function range(list: ChildList, from: number, to: number): Child {
  return { type: "range", label: `[${from} … ${to - 1}]`, list, from, to };
}
