import { checkKind, countTo, type Kind } from "./lru/checks.ts";
import { describe, MachoError } from "./lru/errors.ts";

export const SHARE: Kind = [
  "a number above 0 and below 1",
  (share) => typeof share === "number" && share > 0 && share < 1,
  "0.01",
];

/** @throws MachoOptionError unless it is an integer from 1 to `most`; `bound` names what that is */
export function checkCount(option: string, count: unknown, example: string, most?: number, bound?: string): void {
  checkKind(option, count, countTo(most, bound), example);
}

/** @throws MachoError unless it can be iterated; `what` names its members */
export function checkIterable(method: string, what: string, got: unknown): void {
  if (typeof (got as Partial<Iterable<unknown>> | null | undefined)?.[Symbol.iterator] === "function") return;
  throw new MachoError("invalid-argument", `${method} needs an iterable of ${what}, got ${describe(got)}.`);
}
