import { describe } from "../../core/internal.ts";
import { enter, type Frame, reject, rejectInstance, type Step } from "./key-path.ts";
import { isArrayPrototype, isPlainPrototype } from "./plain-prototype.ts";

/** An array of strings and finite numbers, as nearly all keys are; `undefined` for any other. */
export function flatText(array: readonly unknown[]): string | undefined {
  if (!isArrayPrototype(Object.getPrototypeOf(array))) return undefined;
  for (let index = 0; index < array.length; index++) {
    const value = array[index];
    if (typeof value !== "string" && !Number.isFinite(value)) return undefined;
  }
  const text = JSON.stringify(array);
  // Old libraries give arrays a `toJSON` of their own.
  return text[0] === "[" ? text : undefined;
}

export function arrayText(array: readonly unknown[], outer: Frame | undefined, step: Step): string {
  if (!isArrayPrototype(Object.getPrototypeOf(array))) rejectInstance(outer, step);
  const frame = enter(array, outer, step);
  let text = "[";
  // By index: a hole is an undefined element.
  for (let index = 0; index < array.length; index++) {
    if (index > 0) text += ",";
    text += valueText(array[index], frame, index);
  }
  return `${text}]`;
}

function valueText(value: unknown, outer: Frame, step: Step): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "object":
      return value === null ? "null" : objectText(value, outer, step);
    case "bigint":
      return `${value}n`;
    case "function":
    case "symbol":
      return reject(describe(value), "Leave it out, or put its name there", outer, step);
    default:
      // Numbers, booleans and undefined: their own words, none of which is quoted. `-0` gives "0".
      return String(value);
  }
}

function objectText(object: object, outer: Frame, step: Step): string {
  if (Array.isArray(object)) return arrayText(object, outer, step);
  const prototype: unknown = Object.getPrototypeOf(object);
  if (isPlainPrototype(prototype)) return plainText(object as Record<string, unknown>, outer, step);
  if (prototype === Date.prototype) return dateText(object, outer, step);
  if (prototype === Map.prototype) return mapText(object, outer, step);
  if (prototype === Set.prototype) return setText(object, outer, step);
  return rejectInstance(outer, step);
}

function plainText(object: Record<string, unknown>, outer: Frame, step: Step): string {
  if (Object.getOwnPropertySymbols(object).length > 0) {
    reject("an object with a symbol as a property", "Name the property by a string", outer, step);
  }
  const frame = enter(object, outer, step);
  let text = "";
  for (const name of Object.keys(object).sort()) {
    const value = object[name];
    if (value === undefined) continue;
    if (text !== "") text += ",";
    text += `${JSON.stringify(name)}:${valueText(value, frame, name)}`;
  }
  return `{${text}}`;
}

function dateText(date: object, outer: Frame, step: Step): string {
  const time = branded(() => Date.prototype.getTime.call(date));
  return time === undefined ? rejectInstance(outer, step) : `Date(${time})`;
}

function mapText(map: object, outer: Frame, step: Step): string {
  const entries = branded(() => Map.prototype.entries.call(map)) ?? rejectInstance(outer, step);
  const frame = enter(map, outer, step);
  const texts = Array.from(entries, ([key, value]) => {
    const text = valueText(key, frame, ".keys()");
    return `${text}:${valueText(value, frame, `.get(${text})`)}`;
  });
  return `Map{${texts.sort().join(",")}}`;
}

function setText(set: object, outer: Frame, step: Step): string {
  const values = branded(() => Set.prototype.values.call(set)) ?? rejectInstance(outer, step);
  const frame = enter(set, outer, step);
  const texts = Array.from(values, (value) => valueText(value, frame, ".values()"));
  return `Set{${texts.sort().join(",")}}`;
}

/** A prototype can be put on anything; that it is the real thing only a method of its own can tell, by not throwing. */
function branded<T>(ask: () => T): T | undefined {
  try {
    return ask();
  } catch {
    return undefined;
  }
}
