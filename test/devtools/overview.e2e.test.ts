import { describe, expect, test } from "vitest";
import {
  findings,
  launch,
  page,
  panel,
  recorded,
  reopen,
  row,
  sideways,
  tab,
  useFixture,
} from "./fixture/panel-driver.ts";

useFixture();

/** A loop over 110 keys in a cache of 100, which LRU never hits; goes on for as long as the page lives. */
async function launchLoop(): Promise<void> {
  await page.evaluate(() => {
    const { Cache, launchDashboard } = window.fixture;
    window.cache = new Cache<string, unknown>({ maxCacheSize: 100 });
    launchDashboard(window.cache);
  });
  await recorded();
  await page.evaluate(() => {
    let at = 0;
    const turn = (reads: number): void => {
      for (let read = 0; read < reads; read++, at++) {
        const key = `film ${at % 110}`;
        if (window.cache.get(key) === undefined) window.cache.set(key, at);
      }
    };
    turn(3_000);
    setInterval(turn, 50, 50);
  });
}

const advice = () => page.getByRole("region", { name: "Advice" });

describe("the advice of the Overview", () => {
  test("says what to change and what it would have gained, applies it, tells whether it helped, and undoes it", async () => {
    await launchLoop();
    await advice()
      .getByText(/^Too small\./)
      .waitFor();
    expect(await advice().innerText()).toMatch(/would have gained \d+\.\d points/);
    const apply = advice().getByRole("button", { name: /^Apply \d+$/ });
    const size = Number((await apply.innerText()).replace(/\D/g, ""));
    expect(size).toBeGreaterThanOrEqual(110);
    await apply.click();
    expect(await page.evaluate(() => window.cache.options.maxCacheSize)).toBe(size);
    await advice()
      .getByText(/^Applied\..*measured: \d.*% of [\d,]+ reads since/)
      .waitFor();
    const measured = async (): Promise<number> =>
      Number(/measured: ([\d.]+)%/.exec(await advice().innerText())?.[1] ?? 0);
    await expect.poll(measured, { timeout: 60_000 }).toBeGreaterThan(90);
    await advice().getByRole("button", { name: "Undo" }).click();
    expect(await page.evaluate(() => window.cache.options.maxCacheSize)).toBe(100);
    await advice()
      .getByText(/^Too small\./)
      .waitFor();
  });

  test("gives the option to copy, also where the clipboard is forbidden", async () => {
    await reopen({ permissions: ["clipboard-read", "clipboard-write"] });
    await launchLoop();
    await advice().getByRole("button", { name: "Copy option" }).click();
    await advice()
      .getByText(/^Copied: maxCacheSize: \d+$/)
      .waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(/^maxCacheSize: \d+$/);
    await page.evaluate(() =>
      Object.defineProperty(navigator.clipboard, "writeText", { value: () => Promise.reject(new Error("no")) }),
    );
    await advice().getByRole("button", { name: "Copy option" }).click();
    await advice()
      .getByText(/^It could not be copied\. Write: maxCacheSize: \d+$/)
      .waitFor();
  });

  test("says how many reads are missing for it, and that nothing is recorded where that is so", async () => {
    await page.evaluate(() => {
      const { Cache, launchDashboard } = window.fixture;
      window.cache = new Cache<string, unknown>();
      launchDashboard(window.cache);
    });
    await recorded();
    await page.evaluate(() => void window.cache.set("a", 1).get("a"));
    await advice().getByText(/200/).waitFor();
    expect(await advice().getByRole("button").count()).toBe(0);
    await page.getByRole("button", { name: "Recording" }).click();
    await advice().getByText("Nothing is recorded, so no advice can be given.").waitFor();
  });
});

test("misses by cause, the curve and the table of policies stand beside the advice, as words as well", async () => {
  await reopen({ bypassCSP: true });
  await launchLoop();
  const misses = page.getByRole("list", { name: "Misses by cause" });
  await expect
    .poll(async () => (await misses.innerText()).replaceAll(/\s+/g, " "), { timeout: 30_000 })
    .toMatch(/First time 0.*Evicted [\d,]{4,}/);
  await misses.getByRole("button", { name: /^Evicted/ }).click();
  const keys = page.getByRole("region", { name: "Keys: Evicted", exact: true });
  await keys
    .getByRole("rowheader", { name: /^film \d+$/ })
    .first()
    .waitFor();
  expect(await findings()).toEqual([]);
  await keys.getByRole("button", { name: "Close", exact: true }).click();
  await page.getByRole("region", { name: "What left lately" }).waitFor();
  expect(await misses.getByRole("button", { name: /^Deleted/ }).isDisabled()).toBe(true);
  await page.getByRole("img", { name: /^Hit ratio by size: 0% with 100 entries, as now\./ }).waitFor();
  const policies = page.getByRole("region", { name: "Policy by size, table" });
  expect(await policies.getByRole("row").nth(1).innerText()).toMatch(/^lru\s/);
  expect(await policies.getByText("0 now", { exact: false }).count()).toBeGreaterThan(0);
  const curve = page.getByRole("region", { name: "Hit ratio by size", exact: true });
  await curve.getByRole("button", { name: "Table" }).click();
  expect(await curve.getByRole("columnheader").first().innerText()).toBe("Entries");
});

test("a key that left, or that was missed, leads to how it left, in Entries", async () => {
  await launch(3, 3);
  const causes = page.getByRole("list", { name: "Misses by cause" });
  /** Four keys by turns, where three have room: the first one has left last. */
  const turn = (): void => {
    for (let read = 0; read < 400; read++) {
      const key = `film ${read % 4}`;
      if (window.cache.get(key) === undefined) window.cache.set(key, read);
    }
  };
  // What records the reads comes later than what hears of those that leave.
  await expect
    .poll(async () => (await page.evaluate(turn), causes.count()), { timeout: 60_000, interval: 1_000 })
    .toBe(1);
  const open = async (list: string, key: string): Promise<void> => {
    const region = page.getByRole("region", { name: list, exact: true });
    await region.getByRole("button", { name: key, exact: true }).click();
    const pane = page.getByRole("region", { name: "Chosen entry" });
    await pane.getByRole("heading", { name: key, exact: true }).waitFor();
    await pane.getByText(/^evicted: the cache was full \(3 of 3\)/).waitFor();
    expect(await row(key).first().getAttribute("aria-selected")).toBe("true");
  };
  await open("What left lately", "film 0");
  await tab("Overview").click();
  await causes.getByRole("button", { name: /^Evicted/ }).click();
  await open("Keys: Evicted", "film 0");
  // The key is open because the reader came for it: that is no standing choice.
  await page.getByRole("button", { name: "Close the entry" }).click();
  await tab("Overview").click();
  await tab("Entries").click();
  await row("film 1").first().waitFor();
  expect(await page.getByRole("region", { name: "Chosen entry" }).count()).toBe(0);
});

test("its counters and what left are of one moment, while reads go on", async () => {
  await page.evaluate(() => {
    const { Cache, launchDashboard } = window.fixture;
    window.cache = new Cache<string, unknown>({ maxCacheSize: 20 });
    launchDashboard(window.cache);
  });
  await recorded();
  await page.evaluate(() => {
    let at = 0;
    setInterval(() => {
      for (let read = 0; read < 7; read++, at++) {
        const key = `film ${at % 30}`;
        if (window.cache.get(key) === undefined) window.cache.set(key, at);
      }
    }, 5);
  });
  /** Reads that missed, and keys that left, as the page says them at one time. */
  const told = (): Promise<number[]> =>
    panel().evaluate((element) => {
      const number = (text: string | undefined): number => Number(text?.replaceAll(",", ""));
      const [, hits, reads] = /([\d,]+) of ([\d,]+) reads/.exec(element.querySelector(".ratio-now")!.textContent)!;
      const left = element.querySelector("[aria-label='What left lately'] .note")!.textContent.split(" ")[0];
      return [number(reads) - number(hits), number(left)];
    });
  await page
    .getByRole("region", { name: "What left lately" })
    .getByText(/unread/)
    .waitFor();
  const seen = new Set<number>();
  while (seen.size < 4) {
    const [missed, left] = await told();
    // Each key that was missed was stored, and all but the last 20 have left.
    expect(missed! - left!).toBe(20);
    seen.add(left!);
    await page.waitForTimeout(90);
  }
});

test("its first screen has the sentence and all four cards, side by side, two by two, or charts before lists", async () => {
  await launchLoop();
  await advice()
    .getByText(/^Too small\./)
    .waitFor();
  const names = ["Hit ratio", "Hit ratio by size", "Policy by size", "What left lately"];
  const places = async (): Promise<{ x: number; y: number }[]> => {
    const boxes = names.map((name) => page.getByRole("region", { name, exact: true }).boundingBox());
    return (await Promise.all(boxes)).map((each) => ({ x: Math.round(each!.x), y: Math.round(each!.y) }));
  };
  const isAscending = (values: number[]): boolean => values.every((each, at) => at === 0 || each > values[at - 1]!);
  const overview = page.getByRole("region", { name: "Overview", exact: true });
  expect((await panel().boundingBox())!.height).toBe(420);
  expect(await overview.evaluate((element) => element.scrollHeight - element.clientHeight)).toBe(0);
  const [wide, panelBox] = [await places(), (await panel().boundingBox())!];
  expect([new Set(wide.map(({ y }) => y)).size, isAscending(wide.map(({ x }) => x))]).toEqual([1, true]);
  const last = (await page.getByRole("region", { name: names[3]!, exact: true }).boundingBox())!;
  expect(last.y + last.height).toBeLessThanOrEqual(panelBox.y + panelBox.height);
  await page.setViewportSize({ width: 900, height: 780 });
  const [one, two, three, four] = await places();
  expect([one!.y, three!.y, one!.x, two!.x]).toEqual([two!.y, four!.y, three!.x, four!.x]);
  await page.setViewportSize({ width: 390, height: 780 });
  const narrow = await places();
  expect([new Set(narrow.map(({ x }) => x)).size, isAscending(narrow.map(({ y }) => y))]).toEqual([1, true]);
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const [width, height, dock] of [
    [1280, 780, "bottom"],
    [1280, 780, "right"],
    [844, 390, "bottom"],
    [390, 844, "bottom"],
  ] as const) {
    test(`the verdict is on the first screen, nothing is cut off, and axe finds nothing: ${width} x ${height}, ${dock}, ${colorScheme}`, async () => {
      await reopen({ colorScheme, bypassCSP: true, viewport: { width, height } });
      await page.evaluate((side) => localStorage.setItem("macho-devtools:", JSON.stringify({ dock: side })), dock);
      await launchLoop();
      const verdict = advice().getByText(/^Too small\./);
      await verdict.waitFor();
      const box = (await verdict.boundingBox())!;
      expect(box.y + box.height).toBeLessThanOrEqual(height);
      expect(await sideways()).toEqual([]);
      expect(await findings()).toEqual([]);
      expect(await panel().count()).toBe(1);
    });
  }
}
