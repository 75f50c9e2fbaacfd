import { expect } from "vitest";

/** What `shared/script.mjs` prints, on each host that runs it to its end. */
export function expectScript(printed: string): void {
  const line = printed.trim().split("\n").at(-1) ?? "";
  expect(JSON.parse(line)).toEqual({ a: 1, loaded: "loaded", answer: "the second try", tries: 2 });
}
