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

/** An object that is being written. Its parts come first, so that its node refers only to what stands before it. */
interface Frame {
  readonly object: object;
  readonly parts: readonly unknown[];
  /** The texts of the parts that are written. */
  readonly slots: string[];
  /** The way to a part, for messages. */
  readonly stepTo: (part: number) => string;
  /** The text of the node. */
  readonly close: (slots: readonly string[]) => string;
}

type Opened = Pick<Frame, "parts" | "stepTo" | "close">;

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

  /** @param name what a path begins with in a message */
  write(value: unknown, name: string): string {
    const root: Frame = { object: {}, parts: [value], slots: [], stepTo: () => name, close: ([slot = ""]) => slot };
    this.#frames.push(root);
    for (let frame = root; frame !== undefined; frame = this.#frames[this.#frames.length - 1]!) this.#advance(frame);
    return `[${this.#nodes.join(",")}]`.replace(UNSAFE, escaped);
  }

  /** Writes the next parts of a frame up to an object, which has to be written first. */
  #advance(frame: Frame): void {
    const { object, parts, slots } = frame;
    while (slots.length < parts.length) {
      const slot = this.#slot(parts[slots.length]);
      if (slot === undefined) return;
      slots.push(slot);
    }
    this.#frames.pop();
    this.#places.set(object, this.#add(frame.close(slots)));
  }

  #add(node: string): number {
    return this.#nodes.push(node) - 1;
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
        return value === null ? "null" : this.#reference(value);
      default:
        return this.#reject(describe(value), "Leave it out, or put its name there");
    }
  }

  #reference(object: object): string | undefined {
    const place = this.#places.get(object);
    if (place === OPEN) this.#reject("a cycle", "Refer to it by a value of its own, such as an id");
    if (place !== undefined) return `[${place}]`;
    const opened = this.#open(object);
    this.#places.set(object, OPEN);
    this.#frames.push({ object, slots: [], ...opened });
    return undefined;
  }

  #open(object: object): Opened {
    if (isPlain(object)) {
      return Array.isArray(object) ? this.#array(object) : this.#plain(object as Record<string, unknown>);
    }
    try {
      const opened = this.#builtIn(object, Object.getPrototypeOf(object));
      if (opened) return opened;
    } catch {
      // A prototype can be put on anything. Only its own methods tell that this is not the real thing.
    }
    return this.#rejectInstance(object);
  }

  #array(array: readonly unknown[]): Opened {
    const names = Object.keys(array);
    const { length } = array;
    // Indices come first, in their order: where the last of so many names is the last index, they are all there is.
    if (names.length === length && (length === 0 || names[length - 1] === String(length - 1))) {
      return { parts: array, stepTo: (part) => stepText(part), close: (slots) => `[${slots.join(",")}]` };
    }
    const named = this.#named(array, names);
    return { ...named, close: (slots) => `"Array ${length} ${this.#add(named.close(slots))}"` };
  }

  #plain(object: Record<string, unknown>): Opened {
    if (Object.getOwnPropertySymbols(object).length > 0) {
      this.#reject("an object with a symbol as a property", "Name the property by a string");
    }
    return this.#named(object, Object.keys(object));
  }

  #named(object: object, names: readonly string[]): Opened {
    return {
      // The names are its own.
      parts: names.map((name) => object[name as keyof typeof object]),
      stepTo: (part) => stepText(names[part]!),
      close: (slots) => {
        let text = "";
        for (let part = 0; part < slots.length; part++) {
          text += `${part === 0 ? "" : ","}${JSON.stringify(names[part]!)}:${slots[part]}`;
        }
        return `{${text}}`;
      },
    };
  }

  #builtIn(object: object, prototype: unknown): Opened | undefined {
    switch (prototype) {
      case Date.prototype:
        return leaf(`Date ${Date.prototype.getTime.call(object)}`);
      case RegExp.prototype: {
        const { flags, source } = object as RegExp;
        return leaf(`RegExp ${flags} ${source}`);
      }
      case URL.prototype:
        return leaf(`URL ${(object as URL).href}`);
      case Map.prototype:
        return this.#list("Map", object, Array.from(Map.prototype.entries.call(object)).flat());
      case Set.prototype:
        return this.#list("Set", object, Array.from(Set.prototype.values.call(object)));
      case ArrayBuffer.prototype:
        return leaf(`ArrayBuffer ${base64(new Uint8Array(object as ArrayBuffer))}`);
    }
    const name = Object.keys(VIEWS).find((each) => VIEWS[each]!.prototype === prototype);
    return name === undefined ? undefined : leaf(`${name} ${base64(bytesOf(object as ArrayBufferView))}`);
  }

  /** A Map or Set, by the list of what is in it. */
  #list(kind: "Map" | "Set", object: object, parts: readonly unknown[]): Opened {
    const step = (part: number): string => (part % 2 === 0 ? ".keys()" : `.get(${shortly(parts[part - 1])})`);
    return {
      parts,
      stepTo: (part) => (kind === "Set" ? ".values()" : step(part)),
      close: (slots) => `"${kind} ${this.#add(`[${slots.join(",")}]`)}"`,
    };
  }

  #rejectInstance(object: object): never {
    if (object instanceof Promise) return this.#reject("a promise", "Wait for it, and put what it gave there");
    return this.#reject("an instance of a class", "Put plain values there");
  }

  /** @param remedy a sentence without its full stop */
  #reject(got: string, remedy: string): never {
    let path = "";
    for (const { slots, stepTo } of this.#frames) {
      if (path.length <= LONGEST_PATH) path += stepTo(slots.length);
    }
    const place = path.length > LONGEST_PATH ? `${path.slice(0, LONGEST_PATH)}…` : path;
    const message = `A text holds plain values only, got ${got} at ${place}. ${remedy}.`;
    throw new MachoError("invalid-argument", message);
  }
}

function leaf(node: string): Opened {
  return { parts: [], stepTo: () => "", close: () => JSON.stringify(node) };
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

/** How an element or a property is written in a path. */
function stepText(step: number | string): string {
  if (typeof step === "number") return `[${step}]`;
  return IDENTIFIER.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`;
}
