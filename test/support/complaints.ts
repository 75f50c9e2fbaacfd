import { afterEach, beforeEach, expect } from "vitest";

/**
 * A test of React fails for whatever was said on `console.error`, and for errors and rejections that nobody handled,
 * unless it said before that it expects them.
 */
interface Complaints {
  said: string[];
  expected: RegExp[];
}

const NAME = Symbol.for("macho-cache test complaints");
/** One for the page: a setup file and a test may each have a copy of this module. */
const complaints = ((globalThis as unknown as Record<symbol, Complaints>)[NAME] ??= { said: [], expected: [] });

/** What React says of an error that a boundary catches. */
const CAUGHT = /The above error occurred in|^Error: Uncaught /;
/** What React 18 says of `renderToString` in a browser: on a server, the hooks have no layout effect. */
const NO_SERVER = /useLayoutEffect does nothing on the server/;

/** What may be said in this test; by default what React says of an error that a boundary catches. */
export function expectComplaint(pattern: RegExp = CAUGHT): void {
  complaints.expected.push(pattern);
}

/** Has every test of a file fail for what nobody expected. For setup files. */
export function failOnComplaints(): void {
  const { error } = console;
  beforeEach(() => {
    complaints.said = [];
    complaints.expected = [NO_SERVER];
    console.error = (...words: unknown[]) => {
      complaints.said.push(textOf(words));
    };
  });
  afterEach(() => {
    console.error = error;
    const unexpected = complaints.said.filter((each) => !complaints.expected.some((pattern) => pattern.test(each)));
    expect(unexpected, "console.error").toEqual([]);
  });
}

/** As the console puts it: the first word says where the others go. */
function textOf([format, ...words]: readonly unknown[]): string {
  const left = [...words];
  const text = String(format).replaceAll(/%[sodif]/g, () => String(left.shift()));
  return [text, ...left.map(String)].join(" ");
}
