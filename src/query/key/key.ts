// The identity of a query: its key as text.
import { MachoError } from "../../core/lru/index.ts";
import { describe } from "../../core/lru/internal.ts";

/** A string, or an array of plain values. `"a"` is not `["a"]`. */
export type QueryKey = string | readonly unknown[];

/** An index, the name of a property, or the call that leads to an entry of a Map or Set. */
type Step = string | number;

/** An object that is being written, and the step to it from the outer one. The chain finds cycles, and becomes a path. */
interface Frame {
  readonly object: object;
  readonly step: Step;
  readonly outer: Frame | undefined;
}

/** Nesting beyond this is an error. It is far from the depth at which the stack ends. */
const DEEPEST = 200;
/** A path that a message cuts. */
const LONG = /^(.{120}).+/s;
/** What JSON writes in another way, or may. */
// oxlint-disable-next-line no-control-regex
const ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

/**
 * The identity of a key as text: equal for equal keys, different for different ones.
 *
 * It reads like JSON with more words: strings are always quoted, so whatever is not quoted is syntax. The order of
 * properties does not matter, nor that of the entries of a Map or Set. A property that is `undefined` is an absent
 * one; an element that is `undefined`, or a hole, is an element. `-0` is `0`. A `toJSON` method is never called.
 *
 * An object is its enumerable properties, an array its elements, a Map or Set its entries, a Date its time. Anything
 * else on them is not read. Objects and arrays of another frame are plain too; its Dates, Maps and Sets are not.
 *
 * @throws MachoError "invalid-key" for functions, symbols, class instances, cycles, and nesting beyond 200 levels
 */
export function hashKey(key: QueryKey): string {
  if (typeof key === "string" || Array.isArray(key)) return textOf(key);
  const remedy = 'Pass one, as in ["film", id]; a hook takes null for none yet.';
  throw new MachoError("invalid-key", `A query key is a string or an array, got ${describe(key)}. ${remedy}`);
}

/** The identity of a key; empty for none yet. */
export function hashOf(key: QueryKey | null | undefined | false): string {
  return key === null || key === undefined || key === false ? "" : hashKey(key);
}

function textOf(value: unknown, outer?: Frame, step: Step = ""): string {
  // As JSON has it. The test is cheaper than JSON, and hooks hash their keys in every render.
  if (typeof value === "string") return ESCAPED.test(value) ? JSON.stringify(value) : `"${value}"`;
  if (typeof value === "object" && value) return objectText(value, outer, step);
  if (typeof value === "function" || typeof value === "symbol") refuse(describe(value), outer, step);
  // Numbers and words, which are never quoted. `-0` gives "0".
  return typeof value === "bigint" ? `${value}n` : String(value);
}

function objectText(object: object, outer: Frame | undefined, step: Step): string {
  let level = 1;
  for (let frame = outer; frame; frame = frame.outer) {
    if (frame.object === object) refuse("a cycle", outer, step);
    if (++level > DEEPEST) refuse(`more than ${DEEPEST} levels`, outer, step);
  }
  const frame = { object, step, outer };
  if (!isPlain(object)) return contentText(object, frame);
  let text = "";
  if (Array.isArray(object)) {
    // JSON makes one flat string. Pieces put together become one at the look-up, which takes longer.
    if (isJson(object)) return JSON.stringify(object);
    // By index: a hole is an undefined element.
    for (let index = 0; index < object.length; index++) text += `${text && ","}${textOf(object[index], frame, index)}`;
    return `[${text}]`;
  }
  const [symbol] = Object.getOwnPropertySymbols(object);
  if (symbol) refuse(`a property ${describe(symbol)}`, outer, step);
  for (const name of Object.keys(object).sort()) {
    const value: unknown = object[name as never];
    if (value !== undefined) text += `${text && ","}${textOf(name)}:${textOf(value, frame, name)}`;
  }
  return `{${text}}`;
}

/** Whether JSON says what a text says: of strings and finite numbers alone, as nearly all keys are. */
function isJson(array: readonly unknown[]): boolean {
  for (let index = 0; index < array.length; index++) {
    if (typeof array[index] !== "string" && !Number.isFinite(array[index])) return false;
  }
  return !("toJSON" in array);
}

/** The text of a Date, a Map or a Set. */
function contentText(object: object, frame: Frame): string {
  const prototype: unknown = Object.getPrototypeOf(object);
  const isMap = prototype === Map.prototype;
  let entries: Iterable<[unknown, unknown]> | undefined;
  try {
    // A prototype can be put on anything. Its methods throw unless the object is genuine.
    if (prototype === Date.prototype) return `Date(${Date.prototype.getTime.call(object)})`;
    if (isMap || prototype === Set.prototype) entries = (prototype as Map<unknown, unknown>).entries.call(object);
  } catch {
    // It is an instance, as below.
  }
  if (!entries) refuse("an instance of a class", frame.outer, frame.step);
  const texts = Array.from(entries, ([key, value]) => {
    const text = textOf(key, frame, isMap ? "keys()" : "values()");
    return isMap ? `${text}:${textOf(value, frame, `get(${text})`)}` : text;
  });
  return `${isMap ? "Map" : "Set"}{${texts.sort().join()}}`;
}

function refuse(got: string, outer: Frame | undefined, step: Step): never {
  let path = "";
  for (let frame = outer, to = step; frame; to = frame.step, frame = frame.outer) {
    path = (typeof to === "number" ? `[${to}]` : `.${to}`) + path;
  }
  const place = path.replace(LONG, "$1…");
  const remedy = "Put values there that identify the data, such as an id.";
  throw new MachoError("invalid-key", `A query key holds plain values only, got ${got} at key${place}. ${remedy}`);
}

/**
 * Whether it is a plain object or array: of this realm, of none, or of another frame, whose prototypes are not ours. Not
 * one of a class.
 */
export function isPlain(object: object): boolean {
  let root = Object.getPrototypeOf(object) as object | null;
  // `Array.prototype` is itself an array, which no class has for a prototype.
  if (Array.isArray(object) && Array.isArray(root)) root = Object.getPrototypeOf(root) as object | null;
  if (!root || root === Object.prototype) return true;
  // The `Object.prototype` of another frame: its maker is a native function named `Object`, which no script can write, and
  // the `prototype` of that function cannot be changed.
  const { constructor: maker } = root;
  return typeof maker === "function" && maker.prototype === root && sourceOf(maker) === sourceOf(Object);
}

function sourceOf(maker: object): string {
  return Function.prototype.toString.call(maker);
}
