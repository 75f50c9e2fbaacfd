// Checked by the compiler: an event says by its type what it carries.
import { Cache, type CacheEvent, type RemovalCause } from "macho-cache";
import { expectTypeOf } from "vitest";

interface Film {
  title: string;
}
const cache = new Cache<string, Film>({
  onRemoval: (key, value, cause) => {
    expectTypeOf(key).toEqualTypeOf<string>();
    expectTypeOf(value).toEqualTypeOf<Film>();
    expectTypeOf(cause).toEqualTypeOf<RemovalCause>();
  },
});

cache.subscribe((event) => {
  expectTypeOf(event).toEqualTypeOf<CacheEvent<string, Film>>();
  expectTypeOf(event.key).toEqualTypeOf<string>();
  expectTypeOf(event.type).toEqualTypeOf<"set" | "refusal" | "removal" | "failure">();
  switch (event.type) {
    case "set":
    case "refusal":
      expectTypeOf(event.value).toEqualTypeOf<Film>();
      // @ts-expect-error only what left has a cause
      void event.cause;
      break;
    case "removal":
      expectTypeOf(event.value).toEqualTypeOf<Film>();
      expectTypeOf(event.cause).toEqualTypeOf<"evicted" | "expired" | "replaced" | "deleted" | "cleared">();
      break;
    case "failure":
      expectTypeOf(event.error).toEqualTypeOf<unknown>();
      // @ts-expect-error a load that failed brought no value
      void event.value;
      break;
    default:
      // Complete: a new type is an error here.
      expectTypeOf(event).toEqualTypeOf<never>();
  }
  // @ts-expect-error not every event has a value
  void event.value;
  // @ts-expect-error an event is not for writing
  event.key = "b";
});
expectTypeOf(cache.subscribe(() => undefined)).toEqualTypeOf<() => void>();
// @ts-expect-error there is no such event
cache.subscribe((event: { type: "stored" }) => event);
