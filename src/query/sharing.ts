import { isPlainPrototype } from "./plain-prototype.ts";

/** Nesting beyond this is taken as it comes. */
const DEEPEST = 500;
/** Nesting from which on pairs are remembered: shallower data is a tree, or costs little to look at twice. */
const REMEMBERED_FROM = 12;

/** Pairs that were compared, by the new part: what came of them; the new part itself while that is not known yet. */
type Memory = Map<object, { readonly old: object; shared: unknown }>;

/**
 * Structural sharing: `next`, with the references of `old` for every part that is equal there, at the same place.
 * All equal gives `old` itself, and allocates nothing; a container is copied only where a part of it is exchanged.
 *
 * Knows plain objects, arrays, Date, RegExp, Map and Set (in their order), typed arrays and buffers. Other instances
 * and functions are equal only to themselves. `NaN` equals itself, `-0` is not `0`, and a property that is `undefined`
 * is not an absent one, though a hole is an undefined element. Properties named by symbols do not count, as in JSON; a
 * copy has those of `next`. What leads back into itself, or is nested beyond 500 levels, is taken from `next`. Neither
 * argument is changed; what is copied is not frozen, even where `next` is.
 */
export function shareStructure(old: unknown, next: unknown): unknown {
  return share(old, next, 0, undefined);
}

function share(old: unknown, next: unknown, depth: number, memory: Memory | undefined): unknown {
  if (Object.is(old, next)) return old;
  if (typeof old !== "object" || typeof next !== "object" || old === null || next === null) return next;
  if (depth < REMEMBERED_FROM) return shareObjects(old, next, depth, memory);
  return depth > DEEPEST ? next : remembered(old, next, depth, memory ?? new Map());
}

function remembered(old: object, next: object, depth: number, memory: Memory): unknown {
  const known = memory.get(next);
  if (known?.old === old) return known.shared;
  const pair = { old, shared: next as unknown };
  memory.set(next, pair);
  return (pair.shared = shareObjects(old, next, depth, memory));
}

function shareObjects(old: object, next: object, depth: number, memory: Memory | undefined): unknown {
  const prototype: unknown = Object.getPrototypeOf(next);
  if (prototype !== Object.getPrototypeOf(old)) return next;
  if (Array.isArray(next)) return shareArrays(old as unknown[], next, depth, memory);
  if (isPlainPrototype(prototype)) return sharePlain(old as Plain, next as Plain, depth, memory);
  if (next instanceof Date) return Object.is(next.getTime(), (old as Date).getTime()) ? old : next;
  if (next instanceof Map) return shareMaps(old as Map<unknown, unknown>, next, depth, memory);
  if (next instanceof Set) return shareSets(old as Set<unknown>, next, depth, memory);
  if (ArrayBuffer.isView(next)) return haveSameBytes(bytesOf(old as ArrayBufferView), bytesOf(next)) ? old : next;
  if (next instanceof ArrayBuffer) {
    return haveSameBytes(new Uint8Array(old as ArrayBuffer), new Uint8Array(next)) ? old : next;
  }
  return next instanceof RegExp && old instanceof RegExp && `${next}` === `${old}` ? old : next;
}

function shareArrays(old: unknown[], next: unknown[], depth: number, memory: Memory | undefined): unknown {
  let isEqual = old.length === next.length;
  let copy: unknown[] | undefined;
  for (let index = 0; index < next.length; index++) {
    const shared = share(old[index], next[index], depth + 1, memory);
    if (isEqual && !Object.is(shared, old[index])) {
      isEqual = false;
      for (let before = 0; before < index; before++) {
        if (!Object.is(old[before], next[before])) (copy ??= next.slice())[before] = old[before];
      }
    }
    if (!isEqual && !Object.is(shared, next[index])) (copy ??= next.slice())[index] = shared;
  }
  return isEqual ? old : (copy ?? next);
}

type Plain = Record<string, unknown>;

function sharePlain(old: Plain, next: Plain, depth: number, memory: Memory | undefined): unknown {
  let isEqual = true;
  let copy: Plain | undefined;
  let count = 0;
  for (const name in next) {
    const before = old[name];
    const value = next[name];
    const shared = share(before, value, depth + 1, memory);
    if (isEqual && (!Object.is(shared, before) || !Object.hasOwn(old, name))) {
      isEqual = false;
      copy = withParts(count, old, next);
    }
    if (!isEqual && !Object.is(shared, value)) put((copy ??= copied(next)), name, shared);
    count++;
  }
  if (!isEqual) return copy ?? next;
  for (const _ in old) count--;
  // Every part is equal; some are missing, so that the object is another one with the same parts.
  return count === 0 ? old : (withParts(Infinity, old, next) ?? next);
}

/** A copy whose first parts, which are equal, are those of the old one; `undefined` when they are the same anyway. */
function withParts(count: number, old: Plain, next: Plain): Plain | undefined {
  let copy: Plain | undefined;
  let left = count;
  for (const name in next) {
    if (left-- === 0) break;
    if (!Object.is(old[name], next[name])) put((copy ??= copied(next)), name, old[name]);
  }
  return copy;
}

function copied(next: Plain): Plain {
  // A spread copies an own `__proto__` as a property, which an assignment would not.
  return Object.getPrototypeOf(next) === null ? Object.assign(Object.create(null) as Plain, next) : { ...next };
}

function put(copy: Plain, name: string, value: unknown): void {
  if (name === "__proto__")
    Object.defineProperty(copy, name, { value, enumerable: true, configurable: true, writable: true });
  else copy[name] = value;
}

function shareMaps(
  old: Map<unknown, unknown>,
  next: Map<unknown, unknown>,
  depth: number,
  memory: Memory | undefined,
): unknown {
  const entries: [unknown, unknown][] = [];
  let isEqual = old.size === next.size;
  const olds = old.entries();
  for (const [key, value] of next) {
    const [oldKey, oldInPlace] = olds.next().value ?? [];
    const sharedKey = share(oldKey, key, depth + 1, memory);
    const isInPlace = Object.is(sharedKey, oldKey);
    const before = isInPlace ? oldInPlace : old.get(key);
    const shared = share(before, value, depth + 1, memory);
    isEqual &&= isInPlace && Object.is(shared, before);
    entries.push([sharedKey, shared]);
  }
  return isEqual ? old : new Map(entries);
}

function shareSets(old: Set<unknown>, next: Set<unknown>, depth: number, memory: Memory | undefined): unknown {
  const values: unknown[] = [];
  let isEqual = old.size === next.size;
  const olds = old.values();
  for (const value of next) {
    const before: unknown = olds.next().value;
    const shared = share(before, value, depth + 1, memory);
    isEqual &&= Object.is(shared, before);
    values.push(shared);
  }
  return isEqual ? old : new Set(values);
}

function bytesOf({ buffer, byteOffset, byteLength }: ArrayBufferView): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function haveSameBytes(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => byte === other[index]);
}
