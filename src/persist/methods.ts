import { describe, MachoError } from "../core/lru/errors.ts";

/**
 * @param needs who needs what, with which methods, without the end of the sentence
 * @throws MachoError "invalid-argument" unless it has all of the methods that are named
 */
export function checkMethods<T>(given: unknown, needs: string, ...names: readonly string[]): T {
  const has = (name: string): boolean =>
    typeof (given as Record<string, unknown> | null | undefined)?.[name] === "function";
  // It has what `T` names.
  if (names.every(has)) return given as T;
  const got = has("then") ? "a promise" : describe(given);
  const message = `${needs} with ${names.join(", ")}, got ${got}. Pass the object itself, not its name or a promise of it.`;
  throw new MachoError("invalid-argument", message);
}
