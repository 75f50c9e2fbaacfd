import { MachoError } from "../core/index.ts";
import { describe } from "../core/internal.ts";

/** A string, or an array of plain values. `"a"` is not `["a"]`. */
export type QueryKey = string | readonly unknown[];

/** Nesting beyond this is an error; it is far from the depth at which the stack ends. */
const DEEPEST = 200;

/**
 * The identity of a key as text: equal for equal keys, different for different ones.
 *
 * It reads like JSON with more words: strings are always quoted, so whatever is not quoted is syntax. The order of
 * properties does not matter, nor that of the entries of a Map or Set. A property that is `undefined` is an absent
 * one; an element that is `undefined`, or a hole, is an element. `-0` is `0`.
 *
 * @throws MachoError "invalid-key" for functions, symbols, class instances, cycles, and nesting beyond 200 levels
 */
export function hashKey(key: QueryKey): string {
  if (typeof key === "string") return JSON.stringify(key);
  if (Array.isArray(key)) return new KeyWriter().array(key);
  const message = `A query key is a string or an array, got ${describe(key)}. Put it into an array: [value].`;
  throw new MachoError("invalid-key", message);
}

class KeyWriter {
  /** What the value being written is in, from the outside. */
  #within: object[] = [];
  #path = "key";

  array(array: readonly unknown[]): string {
    return this.#inside(array, () => {
      let text = "[";
      // By index: a hole is an undefined element.
      for (let index = 0; index < array.length; index++) {
        text += (index > 0 ? "," : "") + this.#at(`[${index}]`, array[index]);
      }
      return `${text}]`;
    });
  }

  #value(value: unknown): string {
    switch (typeof value) {
      case "string":
        return JSON.stringify(value);
      case "bigint":
        return `${value}n`;
      case "function":
      case "symbol":
        return this.#reject(describe(value), "Leave it out, or put its name there");
      case "object":
        return value === null ? "null" : this.#object(value);
      default:
        // Numbers, booleans and undefined: their own words, none of which is quoted. `-0` gives "0".
        return String(value);
    }
  }

  #object(value: object): string {
    if (Array.isArray(value)) return this.array(value);
    const prototype: unknown = Object.getPrototypeOf(value);
    // The brand of each is checked by its own method: a prototype can be put on anything.
    if (prototype === Date.prototype) return `Date(${Date.prototype.getTime.call(value)})`;
    if (prototype === Map.prototype) return this.#map(value, Map.prototype.entries.call(value));
    if (prototype === Set.prototype) return this.#set(value, Set.prototype.values.call(value));
    if (isPlainPrototype(prototype)) return this.#plain(value as Record<string, unknown>);
    return this.#reject("an instance of a class", "Put the plain values there that tell it from others");
  }

  #plain(object: Record<string, unknown>): string {
    if (Object.getOwnPropertySymbols(object).length > 0) {
      this.#reject("an object with a symbol as a property", "Name the property by a string");
    }
    return this.#inside(object, () => {
      const names = Object.keys(object);
      if (names.length > 1) names.sort();
      let text = "";
      for (const name of names) {
        const value = object[name];
        if (value !== undefined) text += `${text && ","}${JSON.stringify(name)}:${this.#at(`.${name}`, value)}`;
      }
      return `{${text}}`;
    });
  }

  #map(map: object, entries: Iterable<[unknown, unknown]>): string {
    return this.#inside(map, () => {
      const write = ([key, value]: [unknown, unknown]): string =>
        `${this.#at(".key", key)}:${this.#at(".value", value)}`;
      return `Map{${Array.from(entries, write).sort().join(",")}}`;
    });
  }

  #set(set: object, values: Iterable<unknown>): string {
    const write = (value: unknown): string => this.#at(".value", value);
    return this.#inside(set, () => `Set{${Array.from(values, write).sort().join(",")}}`);
  }

  #at(step: string, value: unknown): string {
    if (typeof value === "string") return JSON.stringify(value);
    if (typeof value === "number") return String(value);
    const path = this.#path;
    this.#path = path + step;
    const text = this.#value(value);
    this.#path = path;
    return text;
  }

  #inside(object: object, write: () => string): string {
    if (this.#within.includes(object)) this.#reject("a cycle", "Refer to it by a value of its own, such as an id");
    if (this.#within.length === DEEPEST)
      this.#reject(`more than ${DEEPEST} levels`, "Put only what identifies the data there");
    this.#within.push(object);
    const text = write();
    this.#within.pop();
    return text;
  }

  #reject(got: string, remedy: string): never {
    const place = this.#path.length > 120 ? `${this.#path.slice(0, 120)}…` : this.#path;
    throw new MachoError("invalid-key", `A query key holds plain values only, got ${got} at ${place}. ${remedy}.`);
  }
}

/** Of this realm, of none, or of another frame's, whose `Object.prototype` is not ours. */
function isPlainPrototype(prototype: unknown): boolean {
  if (prototype === null || prototype === Object.prototype) return true;
  return Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, "isPrototypeOf");
}
