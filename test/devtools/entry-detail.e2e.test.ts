import { beforeEach, describe, expect, test } from "vitest";
import { findings, page, panel, recorded, reopen, row, sideways, useFixture } from "./fixture/panel-driver.ts";

useFixture();

const pane = () => page.getByRole("region", { name: "Chosen entry" });
const button = (name: string) => page.getByRole("button", { name, exact: true });
const said = () => page.getByRole("tabpanel").getByRole("status").innerText();
const settings = (more = {}): Promise<void> =>
  page.evaluate((all) => localStorage.setItem("macho-devtools:", all), JSON.stringify({ page: "entries", ...more }));

const FILM = { title: "Alien", rating: { imdb: 8.5 }, year: 1979 };

/** A cache with a film that was missed, written, and read three times, and with 20 others. */
async function films(): Promise<void> {
  await page.evaluate((film) => {
    const { Cache, launchDashboard } = window.fixture;
    window.cache = new Cache<string, unknown>({ maxCacheSize: 25 });
    Object.assign(window, { film });
    launchDashboard(window.cache);
  }, FILM);
  await panel().waitFor();
  await recorded();
  await page.evaluate(() => {
    const { cache, film } = window as unknown as { cache: Map<string, unknown>; film: unknown };
    cache.get("film");
    cache.set("film", film);
    for (let read = 0; read < 3; read++) cache.get("film");
    for (let other = 0; other < 20; other++) cache.set(`other ${other}`, { at: new Date(0) });
  });
  await row("film").click();
  await pane().getByRole("tree").waitFor();
}

describe("a value", () => {
  beforeEach(async () => {
    await settings({ height: 560 });
    await films();
  });

  test("is edited leaf by leaf, from the tree, and the object of the app stays as it was", async () => {
    await pane().getByRole("treeitem").getByText("rating").click();
    await pane().getByRole("treeitem").getByText("8.5").dblclick();
    const area = page.getByRole("textbox", { name: "value.rating.imdb as JSON" });
    await area.fill("8.x");
    await button("Save").click();
    await pane().getByRole("alert").getByText('No JSON at line 1, column 2: ".".').waitFor();
    await area.fill("9");
    await area.press("Control+Enter");
    await pane().getByRole("tree").waitFor();
    await expect.poll(said).toMatch(/^Wrote film. It keeps the \d+ (min|m) .*that it had left\.$/);
    const stored = await page.evaluate(() => [
      window.cache.peek("film"),
      (window as unknown as { film: unknown }).film,
    ]);
    expect(stored).toEqual([{ ...FILM, rating: { imdb: 9 } }, FILM]);
  });

  test("is edited as a whole, and Escape leaves it as it was", async () => {
    await button("Edit").click();
    const area = page.getByRole("textbox", { name: "value as JSON" });
    expect(JSON.parse(await area.inputValue())).toEqual(FILM);
    await area.press("Escape");
    await pane().getByRole("tree").waitFor();
    await button("Edit").click();
    await area.fill('["another"]');
    await button("Save").click();
    await pane().getByRole("treeitem").getByText('"another"').waitFor();
    expect(await page.evaluate(() => window.cache.peek("film"))).toEqual(["another"]);
  });

  test("is edited part by part: F2 on a line opens what is in it", async () => {
    await pane().getByRole("treeitem").getByText("rating").click();
    await pane().getByRole("tree").press("F2");
    const area = page.getByRole("textbox", { name: "value.rating as JSON" });
    expect(JSON.parse(await area.inputValue())).toEqual(FILM.rating);
    await area.fill('{"votes": 3}');
    await button("Save").click();
    await pane().getByRole("tree").waitFor();
    expect(await page.evaluate(() => window.cache.peek("film"))).toEqual({ ...FILM, rating: { votes: 3 } });
  });

  test("that JSON cannot say is not edited as a whole, and says why; its time is edited as a time", async () => {
    await row("other 3").click();
    await pane().getByRole("treeitem").getByText("1970").waitFor();
    await button("Edit").click();
    await pane().getByText("It cannot be edited as JSON, which would lose something: value.at is a Date.").waitFor();
    await button("Cancel").click();
    await pane().getByRole("treeitem").getByText("1970").dblclick();
    await page.getByRole("textbox", { name: "value.at as JSON" }).fill('"2026-01-31"');
    await button("Save").click();
    await pane().getByRole("treeitem").getByText("2026-01-31T00:00:00.000Z").waitFor();
    expect(await page.evaluate(() => (window.cache.peek("other 3") as { at: unknown }).at instanceof Date)).toBe(true);
  });

  test("and key are copied", async () => {
    await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
    await button("Copy").click();
    await expect.poll(said).toBe("Copied the value");
    expect(JSON.parse(await page.evaluate(() => navigator.clipboard.readText()))).toEqual(FILM);
    await button("Copy key").click();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("film");
  });
});

test("the history tells a miss, a write, the reads, and how it left, and for which key", async () => {
  await settings({ height: 560 });
  await films();
  const lines = () => pane().getByRole("region", { name: "History" }).getByRole("listitem").allInnerTexts();
  const words = async () =>
    (await lines()).map((line) =>
      line
        .replace(/^[\d:]*\s*\S\s*/u, "")
        .replaceAll(/\s+/g, " ")
        .trim(),
    );
  await expect
    .poll(words)
    .toEqual([
      expect.stringContaining("read 3 times"),
      expect.stringContaining("written"),
      expect.stringContaining("asked for: a miss"),
    ]);
  await page.evaluate(() => {
    window.cache.get("film");
    for (let more = 0; more < 25; more++) window.cache.set(`more ${more}`, more);
  });
  await pane().getByText("came instead").waitFor();
  await pane().locator("code").getByText("more 24").waitFor();
  expect((await lines())[0]).toMatch(/evicted, .* old\s*read 4 times/);
});

describe.each([
  [390, 844],
  [844, 390],
])("%i wide and %i high", (width, height) => {
  beforeEach(async () => {
    await reopen({ bypassCSP: true, viewport: { width, height } });
    await settings();
    await films();
  });

  test("the entry takes the place of the list, and Back leads there again", async () => {
    expect(await page.locator(".grid").isVisible()).toBe(false);
    await button("Back to the list").click();
    await page.locator(".grid").waitFor();
    expect(await pane().count()).toBe(0);
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.className))
      .toContain("grid");
  });

  test("nothing is clipped or below the window, and the tree has room", async () => {
    const inside = async (): Promise<void> => {
      expect(await sideways()).toEqual([]);
      const boxes = await pane().evaluate((element) =>
        [element, ...element.querySelectorAll("button, dl, .tree, .history, textarea")]
          .filter((each) => each.checkVisibility())
          .map((each) => {
            const { left, right, bottom } = each.getBoundingClientRect();
            return { name: each.className, left, right, bottom };
          }),
      );
      for (const { name, left, right, bottom } of boxes) {
        expect([name, left >= 0, right <= width, bottom <= height + 0.5]).toEqual([name, true, true, true]);
      }
      const sizes = await pane().evaluate(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => [
        scrollWidth - clientWidth,
        scrollHeight - clientHeight,
      ]);
      expect(sizes).toEqual([0, 0]);
    };
    await inside();
    const tree = (await pane().getByRole("tree").boundingBox())!;
    expect(tree.height).toBeGreaterThanOrEqual(width < height ? 110 : 66);
    expect(await findings()).toEqual([]);
    await button("History").click();
    await inside();
    // Where there is room, they stand above.
    if (!(await button("Remove").isVisible())) await button("Actions").click();
    await inside();
    await button("Remove").click();
    await pane().getByText("This entry has left.").waitFor();
    await inside();
    expect(await findings()).toEqual([]);
  });
});
