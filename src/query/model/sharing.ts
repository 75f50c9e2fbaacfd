import { hasOwn } from "../../core/lru/internal.ts";
import { isPlain } from "../key/key.ts";

/** Shares parts of other kinds than plain objects, arrays and Dates. */
export type ShareOthers = (old: object, next: object, share: (old: unknown, next: unknown) => unknown) => unknown;

/** Nesting beyond this is taken as it comes. */
const DEEPEST = 500;
/** Nesting from which on pairs are remembered: shallower data is a tree, or costs little to look at twice. */
const REMEMBERED_FROM = 12;

/** Pairs that were compared, by the new part: what came of them; `PENDING` while that is not known yet. */
type Memory = Map<object, { readonly old: object; shared: unknown }>;

const PENDING = Symbol("macho pending");
/** Thrown where data leads back into itself. */
const CYCLE = Symbol("macho cycle");

/**
 * Structural sharing: `next`, with the references of `old` for every part that is equal there, at the same place.
 * All equal gives `old` itself, and makes no container; one is copied only where a part of it is exchanged.
 *
 * Knows plain objects, arrays and Date. Other instances and functions are equal only to themselves, unless `others`
 * knows them; so are arrays with named properties, such as what a RegExp matches. `NaN` equals itself, `-0` is not `0`,
 * and a property that is `undefined` is not an absent one, though a hole is an undefined element. Properties named by
 * symbols do not count, as in JSON; a copy has those of `next`. What is nested beyond 500 levels is taken from `next`.
 * Where both lead back into themselves, all of `next` is taken. Neither argument is changed; what is copied is not
 * frozen, even where `next` is.
 */
export function shareData<T>(old: unknown, next: T, others?: ShareOthers): T {
  try {
    // What is shared equals the new part.
    return share(old, next, 0, { others, pairs: undefined }) as T;
  } catch (error) {
    if (error === CYCLE) return next;
    throw error;
  }
}

/** How one call shares. */
interface Way {
  readonly others: ShareOthers | undefined;
  /** From some depth on. */
  pairs: Memory | undefined;
}

function share(old: unknown, next: unknown, depth: number, way: Way): unknown {
  if (Object.is(old, next)) return old;
  if (typeof old !== "object" || typeof next !== "object" || old === null || next === null) return next;
  if (depth < REMEMBERED_FROM) return shareObjects(old, next, depth, way);
  return depth > DEEPEST ? next : remembered(old, next, depth, way);
}

function remembered(old: object, next: object, depth: number, way: Way): unknown {
  const memory = (way.pairs ??= new Map());
  const known = memory.get(next);
  if (known?.old === old) {
    if (known.shared === PENDING) throw CYCLE;
    return known.shared;
  }
  const pair = { old, shared: PENDING as unknown };
  memory.set(next, pair);
  return (pair.shared = shareObjects(old, next, depth, way));
}

function shareObjects(old: object, next: object, depth: number, way: Way): unknown {
  const prototype: unknown = Object.getPrototypeOf(next);
  if (prototype !== Object.getPrototypeOf(old)) return next;
  if (Array.isArray(next)) return shareArrays(old as unknown[], next, depth, way);
  if (isPlain(next)) return sharePlain(old as Plain, next as Plain, depth, way);
  if (next instanceof Date) return Object.is(next.getTime(), (old as Date).getTime()) ? old : next;
  return way.others ? way.others(old, next, (before, part) => share(before, part, depth + 1, way)) : next;
}

function shareArrays(old: unknown[], next: unknown[], depth: number, way: Way): unknown {
  // A copy would lose them, and the old one has its own.
  if (hasNames(next) || hasNames(old)) return next;
  let isEqual = old.length === next.length;
  let copy: unknown[] | undefined;
  for (let index = 0; index < next.length; index++) {
    const shared = share(old[index], next[index], depth + 1, way);
    if (isEqual && !Object.is(shared, old[index])) {
      isEqual = false;
      // Those before are equal, and perhaps other objects.
      if (index > 0) copy = old.slice(0, index).concat(next.slice(index));
    }
    if (!isEqual && !Object.is(shared, next[index])) (copy ??= next.slice())[index] = shared;
  }
  return isEqual ? old : (copy ?? next);
}

/** Whether an array has properties beside its elements, whose names come after the indices. */
function hasNames(array: unknown[]): boolean {
  const names = Object.keys(array);
  const last = names[names.length - 1];
  return last !== undefined && !(Number(last) < array.length);
}

type Plain = Record<string, unknown>;

function sharePlain(old: Plain, next: Plain, depth: number, way: Way): unknown {
  let isEqual = true;
  let copy: Plain | undefined;
  let count = 0;
  for (const name in next) {
    const before = old[name];
    const value = next[name];
    const shared = share(before, value, depth + 1, way);
    if (isEqual && (!Object.is(shared, before) || !hasOwn(old, name))) {
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
