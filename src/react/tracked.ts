import { hasOwn } from "../query/internal.ts";

/** Learns which fields of a result are read. */
interface Reader<R> {
  noteRead(field: keyof R): void;
}

/** The same result, whose observer learns which fields are read: only their changes render the component again. */
export function tracked<R extends object>(result: R, observer: Reader<R>): R {
  return new Proxy(result, new Tracker(observer));
}

const RESULT: object = Object.create(Object.prototype) as object;

/** A class, so that its functions are not made anew for each result. */
class Tracker<R extends object> implements ProxyHandler<R> {
  #observer: Reader<R>;

  constructor(observer: Reader<R>) {
    this.#observer = observer;
  }

  get(target: R, field: string | symbol): unknown {
    if (hasOwn(target, field)) this.#observer.noteRead(field as keyof R);
    return Reflect.get(target, field);
  }

  /** Not a plain object: sharing copies plain objects part by part, and a copy would not notice what is read of it. */
  getPrototypeOf(target: R): object | null {
    return Object.isExtensible(target) ? RESULT : Reflect.getPrototypeOf(target);
  }

  set(): boolean {
    return false;
  }

  defineProperty(): boolean {
    return false;
  }

  deleteProperty(): boolean {
    return false;
  }
}
