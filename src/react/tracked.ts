/** The same result, whose observer learns which fields are read: only their changes render the component again. */
export function tracked<R extends object>(result: R, observer: { noteRead(field: keyof R): void }): R {
  return new Proxy(result, {
    get(target, field) {
      if (field in target) observer.noteRead(field as keyof R);
      // A proxy's `get` is untyped; it gives what the field holds.
      return Reflect.get(target, field) as unknown;
    },
    set: () => false,
    defineProperty: () => false,
    deleteProperty: () => false,
  });
}
