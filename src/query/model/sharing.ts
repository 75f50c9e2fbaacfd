import { hasOwn } from "../../core/lru/internal.ts";
import { isPlain } from "../key/key.ts";

/** Shares parts of other kinds than plain objects, arrays and Dates. */
export type ShareOthers = (old: object, next: object, share: (old: unknown, next: unknown) => unknown) => unknown;

/** Data that is nested beyond this is not shared. */
const DEEPEST = 500;
/** Shallower data is a tree, or costs little to look at again. */
const TREE = 12;

/** Thrown where data leads back into itself, or is too deep. */
const UNSHARED = /* @__PURE__ */ new Error();

/** How one call shares. */
interface Walk {
  readonly others: ShareOthers | undefined;
  /** The new objects that lead to the one that is compared. */
  readonly path: object[];
}

type Plain = Record<string, unknown>;

/**
 * Structural sharing: `next`, with the references of `old` for every part that is equal there, at the same place.
 * All equal gives `old` itself, and makes no container. A container is copied only where a part of it is exchanged.
 *
 * Knows plain objects, arrays and Date. Other instances and functions are equal only to themselves, unless `others`
 * knows them; so are arrays with named properties, such as what a RegExp matches. `NaN` equals itself, `-0` is not `0`,
 * and a property that is `undefined` is not an absent one, though a hole is an undefined element. Properties named by
 * symbols do not count, as in JSON; a copy has those of `next`. Data that leads back into itself, or is nested beyond 500
 * levels, is taken as it comes. Neither argument is changed; what is copied is not frozen, even where `next` is.
 */
export function shareData<T>(old: unknown, next: T, others?: ShareOthers): T {
  try {
    // What is shared equals the new part.
    return share(old, next, 0, { others, path: [] }) as T;
  } catch (error) {
    if (error === UNSHARED) return next;
    throw error;
  }
}

/** How equal parts keep their references, if they do. */
export type Sharer = false | ((old: unknown, data: unknown) => unknown);

/** What the options say of that. */
export function sharerOf({ structuralSharing }: { readonly structuralSharing: true | Sharer }): Sharer {
  return structuralSharing === true ? shareData : structuralSharing;
}

/** Small, so that it is inlined: most parts are no objects. */
function share(old: unknown, next: unknown, depth: number, walk: Walk): unknown {
  if (typeof old !== "object" || typeof next !== "object" || old === null || next === null || old === next) return next;
  return shareObjects(old, next, depth, walk);
}

function shareObjects(old: object, next: object, depth: number, walk: Walk): unknown {
  if (Object.getPrototypeOf(next) !== Object.getPrototypeOf(old)) return next;
  if (next instanceof Date) return Object.is(next.getTime(), (old as Date).getTime()) ? old : next;
  if (depth > TREE) {
    const { path } = walk;
    if (depth > DEEPEST || path.slice(0, depth).includes(next)) throw UNSHARED;
    path[depth] = next;
  }
  if (Array.isArray(next)) return shareArrays(old as unknown[], next, depth + 1, walk);
  if (isPlain(next)) return sharePlain(old as Plain, next as Plain, depth + 1, walk);
  return walk.others ? shareWith(walk.others, old, next, depth + 1, walk) : next;
}

/** A function of its own: one that makes a closure costs more, each time that it runs. */
function shareWith(others: ShareOthers, old: object, next: object, depth: number, walk: Walk): unknown {
  return others(old, next, (before, part) => share(before, part, depth, walk));
}

function shareArrays(old: unknown[], next: unknown[], depth: number, walk: Walk): unknown {
  // A copy would lose the names, and the old array has its own.
  if (hasNames(next) || hasNames(old)) return next;
  let isEqual = old.length === next.length;
  let copy: unknown[] | undefined;
  for (let at = 0; at < next.length; at++) {
    const shared = share(old[at], next[at], depth, walk);
    if (isEqual && !Object.is(shared, old[at])) {
      isEqual = false;
      // Those before are equal, and perhaps other objects.
      if (at > 0) copy = old.slice(0, at).concat(next.slice(at));
    }
    if (!isEqual && !Object.is(shared, next[at])) (copy ??= next.slice())[at] = shared;
  }
  return isEqual ? old : (copy ?? next);
}

/** Whether an array has properties beside its elements, whose names come after the indices. */
function hasNames(array: unknown[]): boolean {
  const last = Object.keys(array).pop();
  return last !== undefined && !(Number(last) < array.length);
}

function sharePlain(old: Plain, next: Plain, depth: number, walk: Walk): unknown {
  let count = 0;
  let isEqual = true;
  let copy: Plain | undefined;
  for (const name in next) {
    const before = old[name];
    const part = next[name];
    const shared = share(before, part, depth, walk);
    if (isEqual && !(Object.is(shared, before) && hasOwn(old, name))) {
      isEqual = false;
      copy = withEqual(old, next, count);
    }
    // A copy has each name as a property of its own, so that an assignment to `__proto__` goes there.
    if (!isEqual && !Object.is(shared, part)) (copy ??= copyOf(next))[name] = shared;
    count++;
  }
  if (!isEqual) return copy ?? next;
  const total = count;
  for (const _ in old) count--;
  return count === 0 ? old : (withEqual(old, next, total) ?? next);
}

/** A copy with the old ones of the first parts, which are equal; `undefined` where they are the same anyway. */
function withEqual(old: Plain, next: Plain, count: number): Plain | undefined {
  let copy: Plain | undefined;
  for (const name in next) {
    if (count-- === 0) break;
    if (!Object.is(old[name], next[name])) (copy ??= copyOf(next))[name] = old[name];
  }
  return copy;
}

function copyOf(next: Plain): Plain {
  return Object.setPrototypeOf({ ...next }, Object.getPrototypeOf(next)) as Plain;
}
