import { afterEach, expect, test, vi } from "vitest";
import { ownWindows } from "../../src/devtools/sampler.ts";
import { copyCode } from "../../src/devtools/panel/clipboard.ts";
import { copyText } from "../../src/devtools/panel/told.ts";

afterEach(() => {
  ownWindows.clear();
  vi.unstubAllGlobals();
});

/** The clipboards of the page and of the panel's own window; `focused` is what the reader is in. */
function clipboards(focused: "page" | "own"): { page: string[]; own: string[] } {
  const page: string[] = [];
  const own: string[] = [];
  const writing = (to: string[], isFocused: boolean): { clipboard: { writeText(text: string): Promise<void> } } => ({
    clipboard: {
      writeText: (text) => (isFocused ? Promise.resolve(void to.push(text)) : Promise.reject(new Error("no focus"))),
    },
  });
  vi.stubGlobal("navigator", writing(page, focused === "page"));
  const isOwn = focused === "own";
  ownWindows.add({ document: { hasFocus: () => isOwn }, navigator: writing(own, isOwn) } as Partial<Window> as Window);
  return { page, own };
}

test.each(["page", "own"] as const)(
  "a copy goes to the clipboard of the window with the focus: %s",
  async (focused) => {
    const texts = clipboards(focused);
    const said: string[] = [];
    await copyCode("ttl: 1", (words) => said.push(words));
    await copyText("a key", "film", (words) => said.push(words));
    expect(texts[focused]).toEqual(["ttl: 1", "film"]);
    expect(said).toEqual(["Copied: ttl: 1", "Copied a key"]);
  },
);

test("where there is no clipboard, the code is said", async () => {
  vi.stubGlobal("navigator", {});
  const said: string[] = [];
  await copyCode("ttl: 1", (words) => said.push(words));
  await copyText("a key", "film", (words) => said.push(words));
  expect(said).toEqual([
    "It could not be copied. Write: ttl: 1",
    "It could not be copied: the page may not write to the clipboard.",
  ]);
});
