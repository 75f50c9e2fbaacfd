import { MachoError } from "../../core/index.ts";
import { describe } from "../../core/internal.ts";
import { arrayText, flatText } from "./key-text.ts";

/** A string, or an array of plain values. `"a"` is not `["a"]`. */
export type QueryKey = string | readonly unknown[];

/**
 * The identity of a key as text: equal for equal keys, different for different ones.
 *
 * It reads like JSON with more words: strings are always quoted, so whatever is not quoted is syntax. The order of
 * properties does not matter, nor that of the entries of a Map or Set. A property that is `undefined` is an absent
 * one; an element that is `undefined`, or a hole, is an element. `-0` is `0`. A `toJSON` method is never called.
 *
 * An object is its enumerable properties, an array its elements, a Map or Set its entries, a Date its time: what else
 * hangs on them is not read. Objects and arrays of another frame are plain too; its Dates, Maps and Sets are not.
 *
 * @throws MachoError "invalid-key" for functions, symbols, class instances, cycles, and nesting beyond 200 levels
 */
export function hashKey(key: QueryKey): string {
  if (typeof key === "string") return JSON.stringify(key);
  if (Array.isArray(key)) return flatText(key) ?? arrayText(key, undefined, "");
  const remedy = 'Pass one, as in ["film", id], or the queryKey of options; a hook takes null for none yet.';
  const message = `A query key is a string or an array, got ${describe(key)}. ${remedy}`;
  throw new MachoError("invalid-key", message);
}
