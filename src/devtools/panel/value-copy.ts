/** Whether a copy of an object with another property is the same but for that. */
export function isCopyable(value: object): boolean {
  try {
    const prototype: unknown = Object.getPrototypeOf(value);
    return prototype === null || prototype === (Array.isArray(value) ? Array.prototype : Object.prototype);
  } catch {
    // A proxy may refuse to tell.
    return false;
  }
}

/**
 * A copy of a value with another part in one place. What is beside the way there is shared, and nothing is changed.
 * @throws where the place is not there any more
 */
export function copyWith(value: unknown, [name, ...names]: readonly string[], part: unknown): unknown {
  if (name === undefined) return part;
  if (typeof value !== "object" || value === null || Object.getOwnPropertyDescriptor(value, name) === undefined)
    throw new Error(`the value has another shape by now, without ${JSON.stringify(name)}.`);
  const owner = value;
  const copy: object = Array.isArray(owner)
    ? []
    : (Object.create(Object.getPrototypeOf(owner) as object | null) as object);
  for (const each of Reflect.ownKeys(owner)) {
    const found = Object.getOwnPropertyDescriptor(owner, each)!;
    if (each === name) found.value = copyWith(found.value, names, part);
    // A frozen object is no reason for a frozen copy. The length of an array can never be configured.
    if (each !== "length" || !Array.isArray(owner)) found.configurable = true;
    if ("value" in found) found.writable = true;
    Object.defineProperty(copy, each, found);
  }
  return copy;
}
