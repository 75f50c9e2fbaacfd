// The pages of docs/errors: one for each code, with every message that has it.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { errorMessages, optionRules } from "../support/error-messages.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const read = (file: string): string => readFileSync(ROOT + file, "utf8");
const pageOf = (code: string): string => read(`docs/errors/${code}.md`);

/** As `MachoErrorCode` lists them. */
const codes = Array.from(
  /export type MachoErrorCode =([^;]+);/.exec(read("src/core/lru/errors.ts"))![1]!.matchAll(/"([\w-]+)"/g),
  ([, code = ""]) => code,
);

/** The items of a list below a heading of a page, each of them code. */
function listBelow(code: string, heading: string): string[] {
  const section = pageOf(code).split(`\n## ${heading}\n`)[1]?.split(/^## /m)[0] ?? "";
  return Array.from(section.matchAll(/^- (`{1,2}) ?(.+?) ?\1$/gm), ([, , text = ""]) => text).toSorted();
}

const messages = errorMessages();

test("each code has a page, and each page is of a code", () => {
  const pages = readdirSync(`${ROOT}docs/errors`).filter((file) => file !== "README.md");
  expect(pages).toEqual(codes.map((code) => `${code}.md`).toSorted());
  const listed = Array.from(read("docs/errors/README.md").matchAll(/^\| \[`([\w-]+)`\]/gm), ([, code = ""]) => code);
  expect(listed).toEqual(codes);
});

test("the sources make many messages, and each code has one", () => {
  expect(messages.length).toBeGreaterThan(80);
  expect([...new Set(messages.map(({ code }) => code))].toSorted()).toEqual(codes.toSorted());
});

test.each(codes)("the page of %s has every message of this code, and no other", (code) => {
  expect(pageOf(code)).toMatch(new RegExp(`^# ${code}\n`));
  const texts = messages.filter((message) => message.code === code).map(({ text }) => text);
  expect(listBelow(code, "Messages")).toEqual(texts.toSorted());
});

test("the page of invalid-option has every rule that an option follows", () => {
  expect(listBelow("invalid-option", "What an option must be")).toEqual(optionRules().toSorted());
});
