/** Of this realm, of none, or of another frame's, whose `Object.prototype` is not ours. */
export function isPlainPrototype(prototype: unknown): boolean {
  return prototype === Object.prototype || prototype === null || isForeignRoot(prototype);
}

/** Not of a subclass. Another frame's `Array.prototype` is itself an array, which no class has for a prototype. */
export function isArrayPrototype(prototype: unknown): boolean {
  if (prototype === Array.prototype) return true;
  return Array.isArray(prototype) && isForeignRoot(Object.getPrototypeOf(prototype));
}

/**
 * Is it an `Object.prototype`? Its maker must be a native function named `Object`, which no script can write, and the
 * `prototype` of that function cannot be changed.
 */
function isForeignRoot(prototype: unknown): boolean {
  const maker: unknown = (prototype as object | null)?.constructor;
  return typeof maker === "function" && maker.prototype === prototype && sourceOf(maker) === sourceOf(Object);
}

function sourceOf(maker: object): string {
  return Function.prototype.toString.call(maker);
}
