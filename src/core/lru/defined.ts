/** An object none of whose properties is there and `undefined`. */
type Defined<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** The same without what is `undefined`, which means the default, and must not hide it. */
export function definedOf<T extends object>(options: T): Defined<T> {
  for (const name in options) {
    if (options[name] !== undefined) continue;
    return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Defined<T>;
  }
  return options;
}
