import type { Anything, QueryObserver, ResultField } from "../query/index.ts";

/** The same result, whose observer learns which fields are read: only their changes render the component again. */
export function tracked<R extends object>(result: R, observer: QueryObserver<Anything>): R {
  return new Proxy(result, {
    get(target, field) {
      if (field in target) observer.noteRead(field as ResultField);
      // A proxy's `get` is untyped; it gives what the field holds.
      return Reflect.get(target, field) as unknown;
    },
    set: () => false,
    defineProperty: () => false,
    deleteProperty: () => false,
  });
}
