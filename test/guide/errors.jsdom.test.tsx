import { type Example, examples } from "virtual:guide/errors/jsdom";
import { MachoError } from "macho-cache";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";

/** A second, and what a busy machine makes of it: what React tries again and again is noticed after a while. */
const PATIENT = { timeout: 30_000 };

const pages = new Map<string, Example[]>();
for (const example of examples) pages.set(example.page, [...(pages.get(example.page) ?? []), example]);

beforeEach(() => {
  // The blocks render as a page does, and not by `act`.
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: false });
});

afterEach(() => {
  document.body.replaceChildren();
  sessionStorage.clear();
});

/** What a block throws, or tells the console. */
function errorsOf(run: () => Promise<unknown>): { readonly errors: unknown[]; readonly done: Promise<unknown> } {
  const errors: unknown[] = [];
  vi.spyOn(console, "error").mockImplementation((error: unknown) => void errors.push(error));
  return { errors, done: run().catch((error: unknown) => errors.push(error)) };
}

/** The message that a block shows in a comment. */
function messageIn({ code }: Example): string | undefined {
  return /^\/\/ (\w+Error: .*)$/m.exec(code)?.[1];
}

test("every code has a page with an example and a remedy", () => {
  expect(pages.size).toBeGreaterThan(10);
  expect([...pages.values()].filter((blocks) => blocks.length !== 2)).toEqual([]);
});

describe.each([...pages])("%s", (page, [example, remedy]) => {
  const code = page.replace("errors/", "");

  test("the first block ends in an error of this code, and with the message that it shows", async () => {
    const { errors, done } = errorsOf(example!.run);
    await Promise.race([done, new Promise((resolve) => setTimeout(resolve, 0))]);
    await expect.poll(() => errors, PATIENT).toContainEqual(expect.objectContaining({ code }));
    const error = errors.find((each) => each instanceof MachoError && each.code === code);
    const shown = messageIn(example!);
    if (shown !== undefined) expect(String(error)).toBe(shown);
  });

  test("the remedy ends in none", async () => {
    const { errors, done } = errorsOf(remedy!.run);
    await done;
    await expect.poll(() => document.body.textContent, PATIENT).not.toContain("loads");
    expect(errors).toEqual([]);
  });
});
