import { MachoError, MachoOptionError } from "macho-cache";
import { expect, test } from "vitest";
import {
  checkOptions,
  COUNT,
  DURATION,
  either,
  FLAG,
  FUNCTION,
  OBJECT,
  oneOf,
  type OptionTable,
  type Resolved,
  resolveOptions,
  TEXTS,
} from "../../../src/query/model/option-table.ts";

interface SearchOptions {
  readonly exact?: boolean | undefined;
  readonly limit?: number | undefined;
  readonly within?: number | "all" | (() => number) | undefined;
  readonly order?: "up" | "down" | undefined;
  readonly tags?: readonly string[] | undefined;
  readonly meta?: object | undefined;
  readonly start?: unknown;
}

const SEARCH: OptionTable<Resolved<SearchOptions, "limit" | "tags" | "meta" | "start">> = {
  exact: [FLAG, false],
  limit: [COUNT, undefined, "10"],
  within: [either(either(DURATION, oneOf("all")), FUNCTION), 0],
  order: [oneOf("up", "down"), "up"],
  tags: [TEXTS],
  meta: [OBJECT],
  start: [],
};

const search = (options: unknown): ReturnType<typeof resolve> => resolve(options as SearchOptions);
const resolve = (options: SearchOptions) => resolveOptions("search", SEARCH, options);

test("options are laid over what the table says, and what is undefined hides nothing", () => {
  const exact: boolean = resolve({}).exact;
  expect(exact).toBe(false);
  const standard = { exact: false, limit: undefined, within: 0, order: "up", tags: undefined, meta: undefined };
  expect(search({})).toEqual({ ...standard, start: undefined });
  expect(search({ limit: 5, exact: undefined, start: null })).toEqual({ ...standard, limit: 5, start: null });
});

test.each<[string, unknown, string]>([
  ["exact", 1, "must be true or false, got 1. Pass { exact: true }."],
  ["exact", null, "must be true or false, got null. Pass { exact: true }."],
  ["limit", -1, "must be a number of 0 or more, got -1. Pass { limit: 10 }."],
  ["limit", Number.NaN, "must be a number of 0 or more, got NaN. Pass { limit: 10 }."],
  ["limit", "5", 'must be a number of 0 or more, got "5". Pass { limit: 10 }.'],
  [
    "within",
    "none",
    'must be a number of ms of 0 or more, or "all", or a function, got "none". Pass { within: 60_000 }.',
  ],
  ["order", "left", 'must be "up" or "down", got "left". Pass { order: "down" }.'],
  ["tags", ["a", 1], 'must be an array of strings, got an array. Pass { tags: ["films"] }.'],
  ["meta", [], "must be an object, got an array. Pass { meta: {} }."],
  ["limits", 5, "is not an option of search, got 5. Known options: exact, limit, within, order, tags, meta, start."],
])("%s: %s is an error that says what was wrong, what was got and what to do", (option, got, says) => {
  const options = Object.freeze({ start: 1, [option]: got });
  expect(() => search(options)).toThrow(`${option} ${says}`);
  expect(() => search(options)).toThrow(expect.objectContaining({ name: "MachoOptionError", option, got }));
});

test.each([0, Infinity, "all", () => 5])("each kind of an option that takes several passes: %s", (within) => {
  expect(search({ within }).within).toBe(within);
});

test.each([null, 5, "text", [], () => 1])("%s is no object of options", (options) => {
  expect(() => search(options)).toThrow(MachoError);
  expect(() => search(options)).toThrow(/options of search must be an object, got .*Known options: exact, limit/);
});

test("names of every object are no options", () => {
  for (const name of ["toString", "__proto__", "constructor"]) {
    const options = JSON.parse(`{"${name}": 1}`) as object;
    expect(() => checkOptions("search", SEARCH, options)).toThrow(MachoOptionError);
  }
});
