import { shareData } from "./sharing.ts";

type Share = (old: unknown, next: unknown) => unknown;

/**
 * Structural sharing for everything that the platform knows how to compare, as the option `structuralSharing`: beside
 * plain objects, arrays and Date, that is RegExp, Map and Set (in their order), typed arrays and buffers. A Map or Set
 * in which two parts would become one is taken from `next`, and so are buffers that were transferred.
 *
 * @example
 * useCachedQuery(["tags"], loadTags, { structuralSharing: shareStructure }); // loadTags gives a Map
 */
export function shareStructure<T>(old: unknown, next: T): T {
  return shareData(old, next, shareOthers);
}

/** Both are of one prototype. */
function shareOthers(old: object, next: object, share: Share): unknown {
  if (next instanceof Map) return shareMaps(old as Map<unknown, unknown>, next, share);
  if (next instanceof Set) return shareSets(old as Set<unknown>, next, share);
  if (ArrayBuffer.isView(next)) return haveSameBytes(old as ArrayBufferView, next) ? old : next;
  if (next instanceof ArrayBuffer) return haveSameBytes(old as ArrayBuffer, next) ? old : next;
  return next instanceof RegExp && `${next}` === `${old as RegExp}` ? old : next;
}

function shareMaps(old: Map<unknown, unknown>, next: Map<unknown, unknown>, share: Share): unknown {
  let isEqual = old.size === next.size;
  let isExchanged = false;
  let count = 0;
  let parts: [unknown, unknown][] | undefined;
  const olds = old.keys();
  // By the keys: entries would be an array each.
  for (const key of next.keys()) {
    const oldKey: unknown = olds.next().value;
    const value = next.get(key);
    const sharedKey = share(oldKey, key);
    const before = old.get(sharedKey);
    const shared = share(before, value);
    isExchanged ||= !Object.is(sharedKey, key) || !Object.is(shared, value);
    if (isEqual && !(Object.is(sharedKey, oldKey) && Object.is(shared, before))) {
      isEqual = false;
      parts = [...old].slice(0, count);
    }
    if (!isEqual) (parts ??= []).push([sharedKey, shared]);
    count++;
  }
  return isEqual ? old : asLarge(isExchanged ? new Map(parts) : next, next);
}

function shareSets(old: Set<unknown>, next: Set<unknown>, share: Share): unknown {
  let isEqual = old.size === next.size;
  let isExchanged = false;
  let count = 0;
  let parts: unknown[] | undefined;
  const olds = old.values();
  for (const value of next) {
    const before: unknown = olds.next().value;
    const shared = share(before, value);
    isExchanged ||= !Object.is(shared, value);
    if (isEqual && !Object.is(shared, before)) {
      isEqual = false;
      parts = [...old].slice(0, count);
    }
    if (!isEqual) (parts ??= []).push(shared);
    count++;
  }
  return isEqual ? old : asLarge(isExchanged ? new Set(parts) : next, next);
}

/** The copy, unless two parts became one in it: an old one that took the place of its equal was there elsewhere, too. */
function asLarge<C extends { readonly size: number }>(copy: C, next: C): C {
  return copy.size === next.size ? copy : next;
}

function haveSameBytes(old: ArrayBuffer | ArrayBufferView, next: ArrayBuffer | ArrayBufferView): boolean {
  try {
    const bytes = bytesOf(old);
    return bytes.length === next.byteLength && bytesOf(next).every((byte, index) => byte === bytes[index]);
  } catch {
    // One was transferred: there is nothing to compare.
    return false;
  }
}

function bytesOf(source: ArrayBuffer | ArrayBufferView): Uint8Array {
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
}
