// The pages that `npm run bench -- persist` measures work, in a browser with a profile on the disk. What they measure is not
// looked at.
import { expect, test } from "vitest";
import { withSite } from "../../bench/browser.mjs";
import { Profile, visitOnce } from "../../bench/profile.mjs";
import { packOnce } from "../../scripts/pack.mjs";

/** Ms that a change waits: the page flushes itself. */
const LATER = 600_000;

test("every subject writes what it is given, and the peers are measured on the same page", async () => {
  packOnce();
  await withSite("persist", async (url) => {
    for (const subject of ["macho", "tanstack", "each"])
      await visitOnce(url, async (page) => {
        await page.evaluate(`bench.prepare("${subject}", 100, ${subject === "tanstack" ? 0 : LATER})`);
        await page.evaluate("bench.flushAll()");
        await page.evaluate("bench.checkStored()");
        expect(await page.evaluate("bench.write(3)")).toMatchObject({ records: subject === "tanstack" ? 300 : 3 });
      });
  });
});

test.each(["macho", "tanstack", "each", "floor"])(
  "a page shows what it stored after its browser was closed, and loads nothing: %s",
  async (subject) => {
    packOnce();
    const profile = new Profile();
    try {
      await withSite(`first-data/${subject}`, async (url) => {
        await profile.visit(url, (page) => page.evaluate("bench.seed(1_000)"));
        const times = await profile.visit(url, (page) => page.evaluate<Record<string, number>>("bench.shown()"));
        expect(times["navigation"]).toBeGreaterThan(times["script"]!);
      });
    } finally {
      profile.remove();
    }
  },
);
