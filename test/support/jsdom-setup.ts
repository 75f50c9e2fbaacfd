import { afterEach, beforeEach, expect, vi } from "vitest";

/** What a test may say on purpose; each word of a complaint that holds it is taken as expected. */
const expected: RegExp[] = [];
const said: string[] = [];

/** For a test that is about an error: React tells the console of what a boundary caught. */
export function expectComplaint(pattern: RegExp): void {
  expected.push(pattern);
}

beforeEach(() => {
  said.length = 0;
  expected.length = 0;
  vi.spyOn(console, "error").mockImplementation((...words: unknown[]) => void said.push(words.map(String).join(" ")));
});

afterEach(() => {
  vi.restoreAllMocks();
  expect(said.filter((each) => !expected.some((pattern) => pattern.test(each)))).toEqual([]);
});
