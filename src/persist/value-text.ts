import { describe, MachoError } from "../core/lru/errors.ts";
import { isPlain } from "../query/key/key.ts";

// A value as a list of JSON: its slot, then the objects in it as nodes, by their number. All is flat: nothing recurses.
// ```
// [[0], {"id":7,"list":[1],"none":[]}, [1,2,["-0"],0], [1,"a",1]]
// ```
// An array in a slot is a word: [0] for node 0, [] for undefined, ["NaN"], ["ff",-1] for the bigint -255.
// An array as a node ends with its kind. Without one, it is a plain object.

/** How objects of a kind are written, and read: first without parts, since these may hold them. */
type Kind = readonly [
  fits: (object: object) => boolean,
  partsOf: (object: never) => readonly unknown[],
  emptyOf: (node: unknown[]) => unknown,
  add?: (object: never, part: unknown, next: () => unknown) => unknown,
];

const LONGEST_ARRAY = 2 ** 32 - 1;

/** Stored texts have the places of these. */
const KINDS: readonly Kind[] = [
  [
    (object) => object instanceof Map,
    (map: Map<unknown, unknown>) => [...map].flat(),
    () => new Map(),
    (map: Map<unknown, unknown>, key, next) => map.set(key, next()),
  ],
  [
    (object) => object instanceof Set,
    (set: Set<unknown>) => [...set],
    () => new Set(),
    (set: Set<unknown>, part) => set.add(part),
  ],
  [(object) => object instanceof Date, (date: Date) => [date.getTime()], ([time]) => new Date(Number(time))],
  [
    (object) => object instanceof Uint8Array || object instanceof ArrayBuffer,
    (data: Uint8Array | ArrayBuffer) => [
      btoa(Array.from(new Uint8Array(data), (byte) => String.fromCharCode(byte)).join("")),
      data instanceof ArrayBuffer,
    ],
    ([text, isBuffer]) => {
      const bytes = Uint8Array.from(atob(text as string), (unit) => unit.charCodeAt(0));
      return isBuffer ? bytes.buffer : bytes;
    },
  ],
  [(object) => !isPlain(object), refuse, refuse],
  // An array without holes and named properties, and one with them.
  [
    (object) => {
      const names = Object.keys(object);
      return Array.isArray(object) && names.length === object.length && names.every((name, at) => Number(name) === at);
    },
    (list: unknown[]) => list,
    (node) => node,
  ],
  [
    Array.isArray,
    (array: unknown[]) => [...Object.entries(array).flat(), array.length],
    (node) => {
      const array: unknown[] = [];
      // The greatest length makes it a table by index, so that a short text claims no memory for its holes.
      array.length = LONGEST_ARRAY;
      array.length = node.pop() as number;
      return array;
    },
    (array: unknown[], name, next) =>
      Object.defineProperty(array, name as string, {
        value: next(),
        enumerable: true,
        configurable: true,
        writable: true,
      }),
  ],
];

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
  for (const object of places.keys()) {
    const kind = KINDS.findIndex(([fits]) => fits(object));
    nodes.push(
      KINDS[kind]
        ? [...KINDS[kind][1](object as never).map(slotOf), kind]
        : // It defines what it adds, so that `__proto__` is a property like others.
          Object.fromEntries(Object.entries(object).map(([name, part]) => [name, slotOf(part)])),
    );
  }
  return JSON.stringify(nodes);
}

/**
 * The value of a text that `textOfValue` gave, made anew.
 * @throws any error for most other texts
 */
export function valueOfText(text: string): unknown {
  const nodes = JSON.parse(text) as unknown[][];
  const [slot] = nodes.splice(0, 1);
  const kinds = nodes.map((node) => Array.isArray(node) && KINDS[node.pop() as number]!);
  // Nodes were parsed for this, and are used.
  const values = nodes.map((node, place) => (kinds[place] ? kinds[place][2](node) : node));
  const valueOf = (part: unknown): unknown => {
    if (!isObject(part)) return part;
    const [word, sign] = part as unknown[];
    if (sign) return BigInt(`0x${word as string}`) * BigInt(sign as number);
    if (typeof word === "string") return Number(word);
    // Nothing is under what is no number of an object.
    return typeof word === "number" ? values[word] : undefined;
  };
  nodes.forEach((node, place) => {
    // Each name of an object is its own property, `__proto__` as well.
    for (const name of Object.keys(node)) node[name as never] = valueOf(node[name as never]);
    const [, , , add] = kinds[place] || [];
    if (add) for (let at = 0; at < node.length; at++) add(values[place] as never, node[at], () => node[++at]);
  });
  return valueOf(slot);
}

function isObject(part: unknown): part is object {
  return Object(part) === part;
}

function refuse(got: unknown): never {
  const message = `A text keeps plain values, Dates, Maps, Sets and bytes, got ${describe(got)}. Store plain values.`;
  throw new MachoError("invalid-argument", message);
}
