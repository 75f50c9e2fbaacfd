/** Whether a property is the object's own. `Object.hasOwn` is younger than the oldest browsers that the package runs in. */
export function hasOwn(object: object, name: PropertyKey): boolean {
  return Object.prototype.hasOwnProperty.call(object, name);
}
