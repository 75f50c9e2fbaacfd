// A value as a short text. Nothing here runs code of the value: no getter, no toString, no toJSON.
import { exceptionWords } from "./error-text.ts";

/** How the tree colours a value; the text alone also tells the kind. */
type ValueKind = "string" | "number" | "boolean" | "nothing" | "object" | "function" | "symbol" | "date" | "note";

export interface ValueWords {
  readonly kind: ValueKind;
  readonly text: string;
}

const MAX_TEXT = 400;
const TypedArray: unknown = Object.getPrototypeOf(Uint8Array);

/** One line for any value. */
export function valueWords(value: unknown): ValueWords {
  switch (typeof value) {
    case "string":
      return { kind: "string", text: quoted(value) };
    case "number":
      return { kind: "number", text: Object.is(value, -0) ? "-0" : String(value) };
    case "bigint":
      return { kind: "number", text: `${value}n` };
    case "boolean":
      return { kind: "boolean", text: String(value) };
    case "undefined":
      return { kind: "nothing", text: "undefined" };
    case "symbol":
      return { kind: "symbol", text: String(value) };
    case "function":
      return safely(() => ({ kind: "function", text: `ƒ ${ownText(value, "name") ?? ""}()` }));
    default:
      return value === null ? { kind: "nothing", text: "null" } : safely(() => objectWords(value as object));
  }
}

/** Like `valueWords`, with the first few things inside, for a list. */
export function previewWords(value: unknown): ValueWords {
  if (typeof value !== "object" || value === null) return valueWords(value);
  return safely(() => {
    if (Array.isArray(value))
      return { kind: "object", text: `(${value.length}) [${inside(value, firstIndexes(value), value.length)}]` };
    if (!isPlain(value)) return objectWords(value);
    const names = Object.keys(value);
    if (names.length === 0) return { kind: "object", text: "{}" };
    return { kind: "object", text: `{ ${inside(value, names, names.length)} }` };
  });
}

const PREVIEWED = 5;

// An array of a million needs no million names to show five.
function firstIndexes(array: readonly unknown[]): string[] {
  return Array.from({ length: Math.min(PREVIEWED, array.length) }, (_, index) => String(index));
}

function inside(value: object, names: readonly string[], size: number): string {
  const shown = names.slice(0, PREVIEWED).map((name) => {
    const text = ownWords(value, name);
    return Array.isArray(value) ? text : `${name}: ${text}`;
  });
  return [...shown, ...(size > PREVIEWED ? ["…"] : [])].join(", ");
}

function ownWords(owner: object, name: string): string {
  const found = Object.getOwnPropertyDescriptor(owner, name);
  if (!found) return "empty";
  return "value" in found ? valueWords(found.value).text.slice(0, 40) : "accessor";
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

/** Runs `read`; a proxy or a faked Map that throws becomes a note instead of breaking the panel. */
function safely(read: () => ValueWords): ValueWords {
  try {
    return read();
  } catch {
    return { kind: "note", text: "unreadable" };
  }
}

function objectWords(value: object): ValueWords {
  if (value instanceof Date) return { kind: "date", text: dateText(value) };
  if (value instanceof Error) return { kind: "object", text: errorText(value) };
  if (value instanceof RegExp) return { kind: "string", text: RegExp.prototype.toString.call(value) };
  return { kind: "object", text: `${className(value)}${sizeText(value)}` };
}

function sizeText(value: object): string {
  if (Array.isArray(value)) return `(${value.length})`;
  if (value instanceof Map || value instanceof Set) return `(${value.size})`;
  if (isTypedArray(value)) return `(${value.length})`;
  if (value instanceof ArrayBuffer || value instanceof DataView) return `(${value.byteLength} bytes)`;
  const size = Reflect.ownKeys(value).length;
  return size === 0 ? " {}" : ` {${size}}`;
}

export function isTypedArray(value: unknown): value is Uint8Array {
  return typeof TypedArray === "function" && value instanceof TypedArray;
}

function dateText(date: Date): string {
  const time = Date.prototype.getTime.call(date);
  return Number.isNaN(time) ? "Invalid Date" : new Date(time).toISOString();
}

function errorText(error: Error): string {
  const words = exceptionWords(error);
  if (words !== undefined) return words.slice(0, MAX_TEXT);
  const message = ownText(error, "message");
  return message ? `${className(error)}: ${message.slice(0, MAX_TEXT)}` : className(error);
}

/** The class of an object by its prototype, without reading a property that could be a getter. */
function className(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null) return "Object (no prototype)";
  const constructor: unknown = Object.getOwnPropertyDescriptor(prototype, "constructor")?.value;
  return (typeof constructor === "function" && ownText(constructor, "name")) || "Object";
}

function ownText(owner: object, name: string): string | undefined {
  const value: unknown = Object.getOwnPropertyDescriptor(owner, name)?.value;
  return typeof value === "string" ? value : undefined;
}

function quoted(text: string): string {
  const shown = JSON.stringify(text.slice(0, MAX_TEXT));
  return text.length > MAX_TEXT ? `${shown} … ${text.length} characters` : shown;
}
