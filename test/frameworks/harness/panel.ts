import { expect } from "vitest";
import type { Visit } from "./visit.ts";

/** Words that only the panel's code holds; a development build has every one. */
const PANEL_WORDS = ["macho-devtools", "What left lately", "Filter keys", "Open Macho devtools"];

/** A production build holds nothing of the panel, also not in a chunk that nothing loads. */
export function expectNoPanelIn(files: string): void {
  expect(files.length).toBeGreaterThan(1_000);
  expect(PANEL_WORDS.filter((word) => files.includes(word))).toEqual([]);
}

export async function expectNoPanelOn({ page }: Visit): Promise<void> {
  expect(await page.locator("macho-devtools").count()).toBe(0);
}

/** In development the panel opens, and lists what the app has loaded. */
export async function expectPanel({ page }: Visit, key = "film"): Promise<void> {
  await page.locator("macho-devtools").getByRole("button").first().click();
  await page.getByRole("tab", { name: "Entries" }).click();
  await page.locator("macho-devtools").getByText(key).first().waitFor();
}
