import type { Page } from "playwright";
import { expect, test } from "vitest";
import { choose, focused, launch, page, panel, reopen, tab, useFixture } from "./fixture/panel-driver.ts";

useFixture();

/** Without what Chromium alone has: a window of the usual kind. */
const usual = (): void => void Reflect.deleteProperty(window, "documentPictureInPicture");

const popOut = (): Promise<void> => page.getByRole("button", { name: "Open in its own window" }).click();

const inside = (own: Page): ReturnType<typeof panel> => own.getByRole("complementary", { name: "Macho devtools" });

async function openOwn(): Promise<Page> {
  const [own] = await Promise.all([page.context().waitForEvent("page"), popOut()]);
  await inside(own).waitFor();
  return own;
}

test("moves into a window of its own with its state and theme, is used there by keys, and comes back when that is closed", async () => {
  await reopen({}, usual);
  await launch(30);
  await choose("Theme", "Dark");
  await tab("Entries").click();
  await page.getByLabel("Filter keys").fill("user:2");
  const own = await openOwn();
  expect(await panel().count()).toBe(0);
  expect(await own.title()).toBe("Macho devtools");
  expect(await own.getByLabel("Filter keys").inputValue()).toBe("user:2");
  expect(await inside(own).evaluate((element) => getComputedStyle(element).backgroundColor)).toBe("rgb(21, 24, 30)");
  const size = own.viewportSize() ?? (await own.evaluate(() => ({ width: innerWidth, height: innerHeight })));
  expect((await inside(own).boundingBox())!.width).toBe(size.width);
  // The page has its room again, and what happens in the app shows in the window.
  expect(await page.evaluate(() => document.querySelector("macho-devtools"))).toBe(null);
  await page.evaluate(() => void window.cache.set("user:2 more", 1));
  await own.getByText("user:2 more").waitFor();
  await own.getByRole("tab", { name: "Entries" }).focus();
  await own.keyboard.press("ArrowLeft");
  await own.getByRole("region", { name: "Overview" }).waitFor();
  await own.getByRole("tab", { name: "Statistics" }).click();
  await own.getByRole("group", { name: "Statistics" }).waitFor();
  // It is gone before it can answer.
  await own.evaluate(() => window.close()).catch(() => undefined);
  await panel().waitFor();
  expect(await tab("Statistics").getAttribute("aria-selected")).toBe("true");
  expect(await panel().evaluate((element) => getComputedStyle(element).backgroundColor)).toBe("rgb(21, 24, 30)");
  await expect.poll(async () => (await panel().boundingBox())!.y + (await panel().boundingBox())!.height).toBe(780);
  await tab("Statistics").focus();
  await page.keyboard.press("Escape");
  await expect.poll(() => panel().count()).toBe(0);
  expect(await focused()).toBe("Macho");
});

test("copies by the clipboard of the window that shows it", async () => {
  await reopen({ permissions: ["clipboard-read", "clipboard-write"] }, usual);
  await launch(3);
  await tab("Entries").click();
  await page.evaluate(() => {
    navigator.clipboard.writeText = () => Promise.reject(new Error("the page is not in front"));
  });
  const own = await openOwn();
  await own.locator(".rows .row").first().click();
  const label = await own.locator(".rows .row .key").first().innerText();
  await own.getByRole("button", { name: "Copy key" }).click();
  await own.getByText(`Copied ${label}`).waitFor();
  expect(await own.evaluate(() => navigator.clipboard.readText())).toBe(label);
});

test("comes back by Close and by Escape, and goes with its page", async () => {
  await reopen({}, usual);
  await launch(3);
  const first = await openOwn();
  const closed = first.waitForEvent("close");
  await first.getByRole("button", { name: "Close" }).click();
  await closed;
  await panel().waitFor();
  const second = await openOwn();
  const gone = second.waitForEvent("close");
  await page.goto("about:blank");
  await gone;
});

test("says so quietly where the browser blocks the window", async () => {
  await reopen({}, () => {
    Reflect.deleteProperty(window, "documentPictureInPicture");
    window.open = () => null;
  });
  await launch(3);
  await popOut();
  await panel().getByText("The browser blocked the window.").waitFor();
  await tab("Entries").click();
});

test("prefers a window that stays above the others, where there is one", async () => {
  await reopen({}, () => {
    const opened = window.open.bind(window);
    const requestWindow = async (size: object): Promise<Window> => {
      Object.assign(window, { asked: size });
      return opened("", "", "popup,width=500,height=400")!;
    };
    Object.defineProperty(window, "documentPictureInPicture", { value: { requestWindow } });
  });
  await launch(3);
  await openOwn();
  expect(await page.evaluate(() => (window as { asked?: unknown }).asked)).toEqual({ width: 900, height: 600 });
});
