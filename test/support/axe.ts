import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "playwright";

interface AxeResult {
  violations: { id: string; nodes: { html: string }[] }[];
}

/** What axe finds in one element of a page. Needs a context with `bypassCSP` where a policy is in force. */
export async function axeFindings(page: Page, within: string): Promise<string[]> {
  await page.evaluate(await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  return page.evaluate(async (selector) => {
    const { axe } = globalThis as unknown as { axe: { run(context: object): Promise<AxeResult> } };
    const { violations } = await axe.run({ include: [[selector]] });
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
  }, within);
}
