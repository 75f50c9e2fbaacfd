import { describe, MachoError, MachoOptionError } from "./errors.ts";

/** @throws MachoOptionError unless `isGood`; `example` is what to pass */
export function check(isGood: boolean, option: string, must: string, got: unknown, example: string): void {
  if (!isGood) throw new MachoOptionError(option, must, got, `Pass { ${example} }.`);
}

/** @throws MachoOptionError unless it is a number of ms above 0, or `Infinity` */
export function checkTtl(ttl: unknown): asserts ttl is number {
  checkMs("ttl", ttl, "60_000");
}

/** @throws MachoOptionError unless it is a number above 0 and below 1 */
export function checkShare(option: string, share: unknown, example: string): void {
  const isGood = typeof share === "number" && share > 0 && share < 1;
  check(isGood, option, "must be a number above 0 and below 1", share, `${option}: ${example}`);
}

/** @throws MachoOptionError unless it is a number of ms above 0, or `Infinity` */
export function checkMs(option: string, ms: unknown, example: string): void {
  const isGood = typeof ms === "number" && ms > 0;
  check(isGood, option, "must be a number of ms above 0, or Infinity", ms, `${option}: ${example}`);
}

/** @throws MachoOptionError unless it is an integer from 1 to `most`; `bound` names what that is */
export function checkCount(
  option: string,
  count: unknown,
  example: string,
  most: number = Infinity,
  bound?: string,
): void {
  const isGood = Number.isInteger(count) && (count as number) >= 1 && (count as number) <= most;
  const must = most < Infinity ? `from 1 to ${bound ? `${bound} (${most})` : most}` : "of 1 or more";
  check(isGood, option, `must be an integer ${must}`, count, `${option}: ${example}`);
}

/** @throws MachoOptionError unless it is an AbortSignal or `undefined` */
export function checkSignal(signal: unknown): void {
  // By shape: a signal may come from another frame.
  const isGood = signal === undefined || typeof (signal as AbortSignal | null)?.aborted === "boolean";
  check(isGood, "signal", "must be an AbortSignal", signal, "signal: controller.signal");
}

/**
 * @param owner whose options they are, for the message
 * @param known the names that exist
 * @throws MachoError when `options` is no object, MachoOptionError for a name that does not exist
 */
export function checkNames(owner: string, options: unknown, known: Readonly<Record<string, unknown>>): void {
  if (typeof options !== "object" || options === null || Array.isArray(options)) {
    const message = `The options of ${owner} must be an object, got ${describe(options)}. ${knownNames(known)}`;
    throw new MachoError("invalid-argument", message);
  }
  for (const [name, got] of Object.entries(options)) {
    if (!Object.keys(known).includes(name)) {
      throw new MachoOptionError(name, `is not an option of ${owner}`, got, knownNames(known));
    }
  }
}

function knownNames(known: object): string {
  return `Known options: ${Object.keys(known).join(", ")}.`;
}

/** @throws MachoError unless it can be iterated; `what` names its members */
export function checkIterable(method: string, what: string, got: unknown): void {
  if (typeof (got as Partial<Iterable<unknown>> | null | undefined)?.[Symbol.iterator] === "function") return;
  throw new MachoError("invalid-argument", `${method} needs an iterable of ${what}, got ${describe(got)}.`);
}

/** @throws MachoError unless it is a function */
export function checkListener(listener: unknown, method = "subscribe", parameters = "event"): void {
  if (typeof listener === "function") return;
  const message = `${method} needs a function, got ${describe(listener)}. Pass (${parameters}) => { ... }.`;
  throw new MachoError("invalid-argument", message);
}

/** @throws MachoOptionError unless it is a boolean */
export function checkBoolean(option: string, value: unknown): void {
  check(typeof value === "boolean", option, "must be true or false", value, `${option}: true`);
}

/** @throws MachoOptionError unless it is a function or `undefined` */
export function checkFunction(option: string, value: unknown, example: string): void {
  check(value === undefined || typeof value === "function", option, "must be a function", value, example);
}

export function isWeight(weight: unknown): weight is number {
  return Number.isSafeInteger(weight) && (weight as number) >= 0;
}
