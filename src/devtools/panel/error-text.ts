// What errors say, read by getters of the browser alone: those of a value are never run.

type Reader = (target: object) => unknown;

/** Where browsers keep the stack: some on each error, some on the prototype, some behind a getter. */
const readStack = readerOf(new Error("read once"), "stack") ?? readerOf(Error.prototype, "stack");

/** Asking a revoked proxy for its class throws. */
export function isError(value: unknown): boolean {
  try {
    return value instanceof Error;
  } catch {
    return false;
  }
}

/** The lines of a stack; `undefined` where an object has none. */
export function stackLines(target: object): string[] | undefined {
  const own = Object.getOwnPropertyDescriptor(target, "stack");
  const stack: unknown = own && "value" in own ? own.value : readStack?.(target);
  if (typeof stack !== "string" || stack.trim() === "") return undefined;
  return stack.split("\n").flatMap((line) => withoutOrigin(line.trim()) || []);
}

/** The page's own address says nothing, and takes the room of the file's. */
function withoutOrigin(line: string): string {
  const { origin } = globalThis.location ?? {};
  return origin === undefined || origin === "null" ? line : line.split(`${origin}/`).join("/");
}

const isException = typeof DOMException === "function";
const readName = isException ? readerOf(DOMException.prototype, "name") : undefined;
const readMessage = isException ? readerOf(DOMException.prototype, "message") : undefined;

/** Name and message of an error of the browser, which has both behind getters; `undefined` for any other. */
export function exceptionWords(target: object): string | undefined {
  if (!isException || !(target instanceof DOMException)) return undefined;
  return `${String(readName?.(target))}: ${String(readMessage?.(target))}`;
}

/** Reads a property by the getter that `owner` has, whatever the target has under that name. */
function readerOf(owner: object, name: string): Reader | undefined {
  const found = Object.getOwnPropertyDescriptor(owner, name);
  return found && !("value" in found) ? (target): unknown => Reflect.get(owner, name, target) : undefined;
}
