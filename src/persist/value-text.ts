import { describe, MachoError } from "../core/lru/errors.ts";
import { isPlain } from "../query/key/key.ts";

// A value as a list of JSON: its slot, then the objects in it as nodes, by their number. All is flat: nothing recurses.
// ```
// [[0], {"id":7,"list":[1],"none":[]}, [1,2,["-0"],"list"], [1,"a","map"]]
// ```
// An array in a slot is a word: [0] for node 0, [] for undefined, ["NaN"], ["ff",-1] for the bigint -255.
// An array as a node ends with its kind.
type Node = unknown[] | Record<string, unknown>;

const LONGEST_ARRAY = 2 ** 32 - 1;
const OWN = { enumerable: true, configurable: true, writable: true };

/**
 * A value as text, for `valueOfText`. Keeps `undefined`, `NaN`, infinities, `-0`, bigints, Dates, Maps, Sets, bytes, holes,
 * own `__proto__` properties, cycles, and which parts are the same object.
 * It is a third of the query layer's `toText`, which also tells where in a value a fault is.
 * @throws MachoError "invalid-argument" for functions, symbols and instances of other classes; what a getter throws
 */
export function textOfValue(value: unknown): string {
  const places = new Map<object, number>();
  const slotOf = (part: unknown): unknown => {
    if (part === undefined) return [];
    if (isObject(part)) {
      const place = places.get(part) ?? places.size;
      places.set(part, place);
      return [place];
    }
    // In hex, which takes a time that grows with the length alone.
    if (typeof part === "bigint") return [part.toString(16).replace("-", ""), part < 0n ? -1 : 1];
    if (typeof part === "symbol") return refuse(part);
    return typeof part === "number" && (!Number.isFinite(part) || Object.is(part, -0)) ? [describe(part)] : part;
  };
  const nodes: unknown[] = [slotOf(value)];
  // Objects that are met on the way are added to those that are gone through.
  for (const object of places.keys()) nodes.push(nodeOf(object, slotOf));
  return JSON.stringify(nodes);
}

function nodeOf(object: object, slotOf: (part: unknown) => unknown): Node {
  const [kind, parts] = partsOf(object);
  // It defines what it adds, so that `__proto__` is a property like others.
  if (!kind) return Object.fromEntries(Object.entries(object).map(([name, part]) => [name, slotOf(part)]));
  return [...parts.map(slotOf), kind];
}

function partsOf(object: object): [kind: string, parts: unknown[]] {
  if (object instanceof Map) return ["map", [...object].flat()];
  if (object instanceof Set) return ["set", [...object]];
  if (object instanceof Date) return ["date", [object.getTime()]];
  if (object instanceof ArrayBuffer) return ["buffer", [base64(new Uint8Array(object))]];
  if (object instanceof Uint8Array) return ["bytes", [base64(object)]];
  if (!isPlain(object)) return refuse(object);
  if (!Array.isArray(object)) return ["", []];
  const named = Object.entries(object);
  const isDense = named.length === object.length && named.every(([name], at) => Number(name) === at);
  return isDense ? ["list", object] : ["holes", [...named.flat(), object.length]];
}

/**
 * The value of a text that `textOfValue` gave, made anew.
 * @throws any error for most other texts
 */
export function valueOfText(text: string): unknown {
  const nodes = JSON.parse(text) as Node[];
  const [slot] = nodes.splice(0, 1);
  // What holds others is there before it is filled, since it may hold itself. Nodes were parsed for this, and are used.
  const values = nodes.map((node) => (Array.isArray(node) ? emptyOf(node, node.pop()) : node));
  const valueOf = (part: unknown): unknown => {
    if (!isObject(part)) return part;
    const [word, sign] = part as unknown[];
    if (sign) return BigInt(`0x${word as string}`) * BigInt(sign as number);
    if (typeof word === "string") return Number(word);
    return word === undefined || (word as number) in values ? values[word as number] : refuse(word);
  };
  nodes.forEach((node, place) => fill(values[place], node as unknown[], valueOf));
  return valueOf(slot);
}

function emptyOf(node: unknown[], kind: unknown): unknown {
  if (kind === "list") return node;
  if (kind === "map") return new Map();
  if (kind === "set") return new Set();
  if (kind === "date") return new Date(Number(node[0]));
  if (kind === "holes") {
    const array: unknown[] = [];
    // The greatest length makes it a table by index, so that a short text claims no memory for its holes.
    array.length = LONGEST_ARRAY;
    array.length = node.pop() as number;
    return array;
  }
  const bytes = Uint8Array.from(atob(node[0] as string), (unit) => unit.charCodeAt(0));
  return kind === "bytes" ? bytes : bytes.buffer;
}

function fill(value: unknown, node: unknown[], valueOf: (slot: unknown) => unknown): void {
  // Each name of an object is its own property, `__proto__` as well.
  for (const name of Object.keys(node)) node[name as never] = valueOf(node[name as never]);
  if (value === node) return;
  for (let at = 0; at < node.length; at++) {
    const part = node[at];
    if (value instanceof Set) value.add(part);
    else if (value instanceof Map) value.set(part, node[++at]);
    else if (Array.isArray(value)) Object.defineProperty(value, part as string, { ...OWN, value: node[++at] });
  }
}

function isObject(part: unknown): part is object {
  return Object(part) === part;
}

function base64(bytes: Uint8Array): string {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

function refuse(got: unknown): never {
  const message = `A text keeps plain values, Dates, Maps, Sets and bytes, got ${describe(got)}. Store plain values.`;
  throw new MachoError("invalid-argument", message);
}
