// Values as JSON and back. No code of a value runs on the way: no getter, no toJSON.
import { valueWords } from "./value-words.ts";

/** Values inside one that are printed at most. */
export const MAX_PRINTED = 20_000;
/** Losses that are told. */
const MAX_LOSSES = 3;

export interface Printed {
  /** JSON. What it cannot say stands in it as a text, or is left out. */
  readonly text: string;
  /** What it cannot say, the first few; none where `JSON.parse` would give the same value. */
  readonly losses: readonly string[];
}

/** @param name of the value in what is told of losses */
export function printJson(value: unknown, name: string): Printed {
  const steps = printSteps(value, name, MAX_PRINTED);
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

/** The same in short steps. @param most values inside it that are printed */
export function* printSteps(value: unknown, name: string, most: number): Generator<undefined, Printed> {
  const printer = new Printer(most);
  const text = (yield* printer.print(value, name, "", [])) ?? "null";
  return { text, losses: printer.losses };
}

/** Steps that give the text of a value; `undefined` for what JSON leaves out. */
type Printing = Generator<undefined, string | undefined>;

class Printer {
  readonly losses: string[] = [];
  #left: number;

  constructor(most: number) {
    this.#left = most;
  }

  *print(value: unknown, place: string, indent: string, above: readonly object[]): Printing {
    yield;
    if (this.#left-- <= 0) return this.#lose("is too large", "…", place);
    if (value === null || typeof value === "boolean" || typeof value === "string") return JSON.stringify(value);
    if (typeof value === "number") {
      const isSafe = Number.isFinite(value) && !Object.is(value, -0);
      return isSafe ? String(value) : this.#lose(`is ${valueWords(value).text}`, valueWords(value).text, place);
    }
    if (typeof value !== "object") {
      const { text } = valueWords(value);
      const words = typeof value === "undefined" ? text : `a ${typeof value}`;
      return this.#lose(`is ${words}`, value === undefined ? undefined : text, place);
    }
    try {
      return yield* this.#printObject(value, place, indent, above);
    } catch {
      return this.#lose("cannot be read", "unreadable", place);
    }
  }

  *#printObject(value: object, place: string, indent: string, above: readonly object[]): Printing {
    const { text } = valueWords(value);
    if (above.includes(value)) return this.#lose("is above itself", "circular", place);
    const isArray = Array.isArray(value);
    const prototype: unknown = Object.getPrototypeOf(value);
    if (value instanceof Date) return this.#lose("is a Date", text, place);
    if (prototype !== (isArray ? Array.prototype : Object.prototype)) return this.#lose(`is ${text}`, text, place);
    const inner = `${indent}  `;
    const parts: string[] = [];
    const names = Reflect.ownKeys(value).filter((each) => !isArray || each !== "length");
    if (isArray && value.length > names.length) this.#lose("has holes", undefined, place);
    for (const each of names) {
      const child = typeof each === "symbol" ? `${place}[${String(each)}]` : placeOf(place, each, isArray);
      const found = Object.getOwnPropertyDescriptor(value, each)!;
      if (!("value" in found)) this.#lose("is a getter, which is not run", undefined, child);
      else if (typeof each === "symbol" || !found.enumerable) this.#lose("is no plain property", undefined, child);
      else {
        const inside = yield* this.print(found.value, child, inner, [...above, value]);
        const printed = inside ?? (isArray ? "null" : undefined);
        if (printed !== undefined) parts.push(isArray ? printed : `${JSON.stringify(each)}: ${printed}`);
      }
    }
    const [start, end] = isArray ? "[]" : "{}";
    if (parts.length === 0) return `${start}${end}`;
    return `${start}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${end}`;
  }

  #lose(what: string, instead: string | undefined, place: string): string | undefined {
    if (this.losses.length < MAX_LOSSES) this.losses.push(`${place} ${what}`);
    return instead === undefined ? undefined : JSON.stringify(instead);
  }
}

/** `data.films[3]["two words"]` */
export function placeOf(above: string, name: string, isArray: boolean): string {
  if (isArray) return `${above}[${name}]`;
  return /^[A-Za-z_$][\w$]*$/.test(name) ? `${above}.${name}` : `${above}[${JSON.stringify(name)}]`;
}

const TOKEN =
  /"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[[\]{},:]/y;

/** Where a text stops being JSON, from 0; engines say it in many ways, or not at all. */
export function jsonFault(text: string): number {
  let [place, after] = [0, 0];
  const take = (): string => {
    while (" \t\r\n".includes(text[after] ?? "x")) after++;
    place = TOKEN.lastIndex = after;
    const [token = ""] = TOKEN.exec(text) ?? [];
    after += token.length;
    return token;
  };
  /** Items up to a sign. The first token may be that sign. */
  const list = (end: string, item: (first: string) => boolean): boolean => {
    for (let token = take(), isFirst = true; ; token = take(), isFirst = false) {
      if (isFirst && token === end) return true;
      if (!item(token)) return false;
      const next = take();
      if (next === end) return true;
      if (next !== ",") return false;
    }
  };
  const value = (token: string): boolean => {
    if (token === "{") return list("}", (name) => name.startsWith('"') && take() === ":" && value(take()));
    if (token === "[") return list("]", value);
    return token !== "" && !"]},:".includes(token);
  };
  if (value(take())) take();
  return place;
}

/** The value of a text, or where and why it is none. */
export function parseJson(text: string): { readonly value: unknown } | { readonly fault: string; readonly at: number } {
  try {
    return { value: JSON.parse(text) };
  } catch {
    const at = jsonFault(text);
    if (text.slice(at).trim() === "") return { fault: "The JSON ends too early.", at };
    const lines = text.slice(0, at).split("\n");
    const found = JSON.stringify(text[at]);
    return { fault: `No JSON at line ${lines.length}, column ${lines[lines.length - 1]!.length + 1}: ${found}.`, at };
  }
}
