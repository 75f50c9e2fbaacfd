import { beforeEach, describe, expect, test } from "vitest";
import { findings, launch, page, panel, reopen, row, tab, useFixture } from "./fixture/panel-driver.ts";

useFixture();

const pane = () => page.getByRole("region", { name: "Chosen entry" });
const grid = () => page.getByRole("grid");
const status = () => page.getByRole("tabpanel").getByRole("status").innerText();
const settings = (): Promise<void> =>
  page.evaluate(() => localStorage.setItem("macho-devtools:", '{"page":"entries","height":500}'));
const labelOfFocus = (): Promise<string | null | undefined> =>
  page.evaluate(() => document.activeElement?.shadowRoot?.activeElement?.getAttribute("aria-label"));

beforeEach(settings);

describe("the keys", () => {
  test("`/` leads to the filter, and Escape closes the filter, then the entry, then the panel", async () => {
    await launch(30);
    await row("user:2").waitFor();
    await tab("Entries").focus();
    await page.keyboard.press("/");
    expect(await labelOfFocus()).toBe("Filter keys");
    await page.keyboard.type("user:2/");
    expect(await page.getByLabel("Filter keys").inputValue()).toBe("user:2/");
    await page.keyboard.press("Backspace");
    await page.getByText("11 of 30 keys").waitFor();
    await row("user:2").click();
    await pane().waitFor();
    await grid().focus();
    await page.keyboard.press("Escape");
    await page.getByText("30 keys", { exact: true }).waitFor();
    expect(await pane().count()).toBe(1);
    await page.keyboard.press("Escape");
    expect([await pane().count(), await panel().count()]).toEqual([0, 1]);
    expect(await labelOfFocus()).toBe("Entries");
    await page.keyboard.press("Escape");
    expect(await panel().count()).toBe(0);
  });

  test("Enter opens the row that was open last, and leads on to its value", async () => {
    await launch(30);
    await row("user:4").click();
    await pane().waitFor();
    await page.getByRole("button", { name: "Close the entry" }).click();
    expect([await pane().count(), await labelOfFocus()]).toEqual([0, "Entries"]);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "user:4", exact: true }).waitFor();
    await page.keyboard.press("ArrowDown");
    await page.getByRole("heading", { name: "user:5", exact: true }).waitFor();
    await page.keyboard.press("Enter");
    expect(await labelOfFocus()).toBe("Value");
  });

  test("Delete removes the chosen row and goes on to the next, and Undo puts it back with the ttl that it had", async () => {
    await launch(3);
    await page.evaluate(() => window.cache.set("user:1", "short", { ttl: 60_000 }));
    await row("user:1").click();
    await pane().waitFor();
    await page.getByRole("button", { name: "Pause" }).focus();
    await page.keyboard.press("Delete");
    expect(await page.evaluate(() => window.cache.has("user:1"))).toBe(true);
    await grid().focus();
    await page.keyboard.press("Delete");
    expect(await page.evaluate(() => window.cache.has("user:1"))).toBe(false);
    await expect.poll(status).toBe("Removed user:1");
    await page.getByRole("heading", { name: /^user:[02]$/ }).waitFor();
    await page.getByRole("button", { name: "Undo" }).click();
    await expect.poll(status).toBe("Put user:1 back");
    const [value, ttl] = await page.evaluate(() => [window.cache.peek("user:1"), window.cache.remainingTtl("user:1")]);
    expect(value).toBe("short");
    expect(ttl).toBeGreaterThan(30_000);
    expect(ttl).toBeLessThanOrEqual(60_000);
    expect(await page.getByRole("button", { name: "Undo" }).count()).toBe(0);
    await row("user:1").waitFor();
  });
});

describe("a paused list", () => {
  test("keeps its rows under the pointer while entries come and go, and says which have left", async () => {
    await launch(20, 20);
    const pause = page.getByRole("button", { name: "Pause" });
    await pause.click();
    const rows = (): Promise<string[]> => page.getByRole("row").allInnerTexts();
    const before = await rows();
    await page.evaluate(() => {
      for (let index = 0; index < 15; index++) window.cache.set(`new:${index}`, index);
    });
    await page.getByText("has left").first().waitFor();
    expect((await rows()).map((text) => text.split("\n")[0])).toEqual(before.map((text) => text.split("\n")[0]));
    await row("user:19").click();
    await page.getByRole("heading", { name: "user:19", exact: true }).waitFor();
    await page.evaluate(() => window.cache.set("user:19", "newer"));
    await pane().getByRole("treeitem").getByText('"newer"').waitFor();
    await pause.click();
    await row("new:14").waitFor();
    expect(await page.getByText("has left").count()).toBe(0);
  });
});

test("with Undo in sight axe finds nothing", async () => {
  await reopen({ bypassCSP: true });
  await settings();
  await page.reload();
  await launch(3);
  await row("user:1").click();
  await page.getByRole("button", { name: "Remove" }).click();
  await page.getByRole("button", { name: "Undo" }).waitFor();
  expect(await findings()).toEqual([]);
});
