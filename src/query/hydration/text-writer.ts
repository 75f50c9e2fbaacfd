import { MachoError } from "../../core/lru/index.ts";
import { describe } from "../../core/lru/internal.ts";
import { isPlain } from "../key/key.ts";
import { bytesOf, VIEWS } from "./buffer-views.ts";

const LONGEST_PATH = 120;
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
/** Characters that could end a script element, begin a comment or an entity in it, or end a line of an older script. */
const UNSAFE = /[<>&\u2028\u2029]/g;
/** The most characters that are made by one call. */
const CHUNK = 8_192;
/** Stands for the place of an object whose parts are being written. To meet it again is a cycle. */
const OPEN = -1;

/** What is written of an object: its parts, by their names where it is no list. */
interface Opened {
  readonly parts: readonly unknown[];
  readonly names?: readonly string[];
  /** Of a list or names that stand for something else, what that is. */
  readonly kind?: string;
}

/** An object that is being written. Its parts come first, so that its node refers only to what stands before it. */
interface Frame extends Opened {
  readonly object: object;
  /** The texts of the parts that are written. */
  readonly slots: string[];
}

/**
 * A value as text, for `readText`. Keeps what JSON loses: `undefined`, `NaN`, infinities, `-0`, bigints, Dates, Maps,
 * Sets, RegExps, URLs, buffers and their views, holes, own `__proto__` properties, and which parts are the same object.
 * A view is sent with its own bytes only. The text is JSON without `<`, `>` and `&`: it may stand in a script element.
 *
 * It is a list of nodes, parts before their wholes, and the value itself last:
 * ```
 * [[1,"a"], {"id":7,"list":[0],"none":[]}, "Date 0", [1]]    an array in a slot is a word: [0] for node 0, [] for undefined
 * ```
 * @throws MachoError "invalid-argument" for functions, symbols, instances of other classes, and cycles, with their path
 */
export function toText(value: unknown): string {
  return new TextWriter().write(value, "value");
}

/** Writes without recursion, so that no nesting is too deep. */
export class TextWriter {
  #nodes: string[] = [];
  /** The number of the node of each object that was met, or `OPEN`. */
  #places = new Map<object, number>();
  #frames: Frame[] = [];
  #path = "";

  /** @param name what a path begins with in a message */
  write(value: unknown, name: string): string {
    this.#path = name;
    const slot = this.#slot(value);
    for (let frame; (frame = this.#frames[this.#frames.length - 1]);) this.#advance(frame);
    // What was begun is there by now.
    this.#nodes.push(slot ?? this.#slot(value)!);
    return `[${this.#nodes.join(",")}]`.replace(UNSAFE, escaped);
  }

  /** Writes the next parts of a frame up to an object, which has to be written first. */
  #advance({ object, parts, names, kind, slots }: Frame): void {
    while (slots.length < parts.length) {
      const slot = this.#slot(parts[slots.length]);
      if (slot === undefined) return;
      slots.push(slot);
    }
    this.#frames.pop();
    const named = names?.map((name, part) => `${JSON.stringify(name)}:${slots[part]}`);
    const node = named ? `{${named.join(",")}}` : `[${slots.join(",")}]`;
    this.#add(object, kind ? `"${kind} ${this.#nodes.push(node) - 1}"` : node);
  }

  #add(object: object, node: string): string {
    const place = this.#nodes.push(node) - 1;
    this.#places.set(object, place);
    return `[${place}]`;
  }

  /** What stands for a value inside of a node; `undefined` for an object without a node, which was begun. */
  #slot(value: unknown): string | undefined {
    switch (typeof value) {
      case "string":
        return JSON.stringify(value);
      case "boolean":
        return String(value);
      case "number":
        return Number.isFinite(value) && !Object.is(value, -0) ? String(value) : `["${describe(value)}"]`;
      case "undefined":
        return "[]";
      case "bigint":
        // In hex, which takes a time that grows with the length alone.
        return `["${value < 0n ? "-" : ""}0x${(value < 0n ? -value : value).toString(16)}"]`;
      case "object":
        return value ? this.#reference(value) : "null";
      default:
        return this.#reject(describe(value), "Leave it out, or put its name there");
    }
  }

  #reference(object: object): string | undefined {
    const place = this.#places.get(object);
    if (place === OPEN) this.#reject("a cycle", "Refer to it by a value of its own, such as an id");
    if (place !== undefined) return `[${place}]`;
    const opened = isPlain(object) ? this.#plain(object) : this.#instance(object);
    if (typeof opened === "string") return this.#add(object, JSON.stringify(opened));
    this.#places.set(object, OPEN);
    this.#frames.push({ object, slots: [], ...opened });
    return undefined;
  }

  #plain(object: object): Opened {
    const names = Object.keys(object);
    // The names are its own.
    const named = (): Opened => ({ names, parts: names.map((name) => object[name as never]) });
    if (!Array.isArray(object)) {
      if (Object.getOwnPropertySymbols(object).length === 0) return named();
      return this.#reject("an object with a symbol as a property", "Name the property by a string");
    }
    const { length } = object;
    // Indices come first, in their order: where the last of so many names is the last index, they are all there is.
    const isList = names.length === length && (length === 0 || names[length - 1] === String(length - 1));
    return isList ? { parts: object } : { ...named(), kind: `Array ${length}` };
  }

  /** What a built-in object is as text, or a list. */
  #instance(object: object): Opened | string {
    const prototype: unknown = Object.getPrototypeOf(object);
    try {
      // A prototype can be put on anything. Only its own methods tell that this is not the real thing.
      if (prototype === Date.prototype) return `Date ${Date.prototype.getTime.call(object)}`;
      if (prototype === RegExp.prototype) return `RegExp ${(object as RegExp).flags} ${(object as RegExp).source}`;
      if (prototype === URL.prototype) return `URL ${(object as URL).href}`;
      if (prototype === Map.prototype) {
        return { kind: "Map", parts: Array.from(Map.prototype.entries.call(object)).flat() };
      }
      if (prototype === Set.prototype) return { kind: "Set", parts: Array.from(Set.prototype.values.call(object)) };
      if (prototype === ArrayBuffer.prototype) return `ArrayBuffer ${base64(new Uint8Array(object as ArrayBuffer))}`;
      const name = Object.keys(VIEWS).find((each) => VIEWS[each]!.prototype === prototype);
      if (name !== undefined) return `${name} ${base64(bytesOf(object as ArrayBufferView))}`;
    } catch {
      // It is an instance, as below.
    }
    if (object instanceof Promise) return this.#reject("a promise", "Wait for it, and put what it gave there");
    return this.#reject("an instance of a class", "Put plain values there");
  }

  /** @param remedy a sentence without its full stop */
  #reject(got: string, remedy: string): never {
    const path = this.#path + this.#frames.map(stepOf).join("");
    const place = path.length > LONGEST_PATH ? `${path.slice(0, LONGEST_PATH)}…` : path;
    const message = `A text holds plain values only, got ${got} at ${place}. ${remedy}.`;
    throw new MachoError("invalid-argument", message);
  }
}

/** The way to the part that is written now, for messages. */
function stepOf({ parts, names, kind, slots: { length: part } }: Frame): string {
  if (kind === "Set") return ".values()";
  if (kind === "Map") return part % 2 === 0 ? ".keys()" : `.get(${shortly(parts[part - 1])})`;
  const name = names?.[part];
  if (name === undefined) return `[${part}]`;
  return IDENTIFIER.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`;
}

function shortly(key: unknown): string {
  return typeof key === "object" && key !== null ? "…" : describe(key);
}

function base64(bytes: Uint8Array): string {
  let binary = "";
  for (let from = 0; from < bytes.length; from += CHUNK) {
    binary += String.fromCharCode(...bytes.subarray(from, from + CHUNK));
  }
  return btoa(binary);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
