import type { QueryObserver, QueryResult, ResultField } from "../query/index.ts";

/** The same result, whose observer learns which fields are read: only their changes render the component again. */
export function tracked<T>(result: QueryResult<T>, observer: QueryObserver<T>): QueryResult<T> {
  return new Proxy(result, {
    get(target, field) {
      if (field in target) observer.noteRead(field as ResultField);
      // A proxy's `get` is untyped; it gives what the field holds.
      return Reflect.get(target, field) as unknown;
    },
  });
}
