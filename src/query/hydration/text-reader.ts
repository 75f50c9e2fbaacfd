import { MachoError } from "../../core/lru/index.ts";
import { describe, hasOwn } from "../../core/lru/internal.ts";
import { VIEWS } from "./buffer-views.ts";

const BIGINT = /^-?0x[\da-f]+$/;
const DATE = /^(NaN|-?\d+)$/;
const LATEST = 8.64e15;
const LONGEST_ARRAY = 2 ** 32 - 1;
const WORDS: Readonly<Record<string, number>> = { NaN: Number.NaN, Infinity, "-Infinity": -Infinity, "-0": -0 };

/**
 * The value of a text that `toText` gave, made anew.
 * @throws MachoError "invalid-dump" for any other text
 */
export function readText(text: string): unknown {
  if (typeof text !== "string") throw invalid(describe(text), undefined);
  try {
    const nodes: unknown = JSON.parse(text);
    if (Array.isArray(nodes) && nodes.length > 0) return new TextReader().read(nodes);
  } catch (error) {
    throw invalid(describe(text), error);
  }
  throw invalid(describe(text), undefined);
}

/** Reads nodes in their order. What a node refers to stands before it, so no value can hold itself. */
class TextReader {
  #values: unknown[] = [];

  read(nodes: readonly unknown[]): unknown {
    for (let place = 0; place < nodes.length - 1; place++) this.#values.push(this.#value(nodes[place]));
    return this.#slot(nodes[nodes.length - 1]);
  }

  #value(node: unknown): unknown {
    if (typeof node === "string") return this.#builtIn(node);
    if (typeof node !== "object" || node === null) return wrong(node);
    // The node was parsed for this, so its words are replaced in place.
    if (Array.isArray(node)) {
      for (let index = 0; index < node.length; index++) if (isWord(node[index])) node[index] = this.#slot(node[index]);
    } else this.#fill(node as Record<string, unknown>);
    return node;
  }

  #fill(node: Record<string, unknown>): void {
    for (const name of Object.keys(node)) {
      if (!isWord(node[name])) continue;
      const value = this.#slot(node[name]);
      // Only a definition reaches an own property of this name.
      if (name === "__proto__") Object.defineProperty(node, name, { value });
      else node[name] = value;
    }
  }

  #slot(slot: unknown): unknown {
    if (!isWord(slot)) return slot;
    if (!Array.isArray(slot) || slot.length > 1) return wrong(slot);
    if (slot.length === 0) return undefined;
    const word: unknown = slot[0];
    return typeof word === "number" ? this.#valueAt(word) : numberOf(word);
  }

  #valueAt(place: number): unknown {
    return place in this.#values ? this.#values[place] : wrong(place);
  }

  #builtIn(node: string): unknown {
    const [kind, rest] = halves(node);
    switch (kind) {
      case "Date":
        return DATE.test(rest) && !(Math.abs(Number(rest)) > LATEST) ? new Date(Number(rest)) : wrong(node);
      case "RegExp": {
        const [flags, source] = halves(rest);
        return new RegExp(source, flags);
      }
      case "URL":
        return new URL(rest);
      case "Map":
        return new Map(pairs(this.#listAt(rest)));
      case "Set":
        return new Set(this.#listAt(rest));
      case "Array":
        return this.#sparse(...halves(rest));
      case "ArrayBuffer":
        return bytes(rest).buffer;
    }
    return hasOwn(VIEWS, kind) ? new VIEWS[kind]!(bytes(rest).buffer) : wrong(node);
  }

  #listAt(place: string): readonly unknown[] {
    const list = this.#valueAt(Number(place));
    return Array.isArray(list) ? list : wrong(place);
  }

  /** An array with holes, or with named properties: by its length, and the object of what it has. */
  #sparse(length: string, place: string): unknown[] {
    const parts = this.#valueAt(Number(place));
    if (!isPlain(parts)) return wrong(place);
    const array: unknown[] = [];
    // The greatest length makes it a table by index, so that a short text claims no memory for its holes.
    array.length = LONGEST_ARRAY;
    array.length = Number(length);
    for (const name of Object.keys(parts)) Object.defineProperty(array, name, { ...OWN, value: parts[name] });
    return array.length === Number(length) ? array : wrong(length);
  }
}

const OWN = { enumerable: true, configurable: true, writable: true };

/** Whether a slot stands for something else. */
function isWord(slot: unknown): slot is object {
  return typeof slot === "object" && slot !== null;
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}

function halves(text: string): [before: string, after: string] {
  const space = text.indexOf(" ");
  return space < 0 ? wrong(text) : [text.slice(0, space), text.slice(space + 1)];
}

/** A number that JSON has no word for. */
function numberOf(word: unknown): unknown {
  if (typeof word !== "string") return wrong(word);
  if (hasOwn(WORDS, word)) return WORDS[word];
  if (!BIGINT.test(word)) return wrong(word);
  return word.startsWith("-") ? -BigInt(word.slice(1)) : BigInt(word);
}

function pairs(list: readonly unknown[]): [unknown, unknown][] {
  if (list.length % 2 === 1) wrong(list);
  return Array.from({ length: list.length / 2 }, (_, index) => [list[2 * index], list[2 * index + 1]]);
}

function bytes(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const made = new Uint8Array(binary.length);
  for (let index = 0; index < made.length; index++) made[index] = binary.charCodeAt(index);
  return made;
}

function wrong(got: unknown): never {
  throw new TypeError(`No value is written as ${describe(got)}.`);
}

function invalid(got: string, cause: unknown): MachoError {
  return new MachoError("invalid-dump", `readText needs what toText gave, got ${got}. Pass the text as it was sent.`, {
    cause,
  });
}
