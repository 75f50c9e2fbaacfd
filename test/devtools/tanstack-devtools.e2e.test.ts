import { expect, test } from "vitest";
import { page, panel, recorded, reopen, row, tab, useFixture } from "./fixture/panel-driver.ts";

useFixture();

const opener = (): ReturnType<typeof page.getByRole> => page.getByRole("button", { name: "Open TanStack Devtools" });

test("the panel is a plugin of TanStack Devtools: it follows their theme, rests while they are closed, and keeps its state", async () => {
  // Their own styles and templates need a page without a policy.
  await reopen({ bypassCSP: true, colorScheme: "dark" });
  await page.evaluate(() => {
    window.cache = new window.fixture.Cache<string, unknown>();
    window.cache.set("user:1", 1);
    return window.fixture.openTanStack(window.cache, "light");
  });
  await recorded();
  expect(await panel("Macho devtools: Macho").count()).toBe(0);
  await opener().click();
  await panel("Macho devtools: Macho").waitFor();
  expect(await panel("Macho devtools: Macho").evaluate((element) => getComputedStyle(element).backgroundColor)).toBe(
    "rgb(255, 255, 255)",
  );
  await tab("Entries").click();
  await row("user:1").waitFor();
  await page.getByLabel("Filter keys").fill("us");
  // An Escape inside the panel is not theirs.
  await page.getByLabel("Filter keys").press("Escape");
  expect(await panel("Macho devtools: Macho").count()).toBe(1);
  await row("user:1").click();
  await page.evaluate(() => document.querySelector("macho-devtools")!.setAttribute("data-first", ""));
  await page.getByRole("button", { name: "Close TanStack Devtools" }).click();
  await expect.poll(() => panel("Macho devtools: Macho").count()).toBe(0);
  await opener().click();
  await panel("Macho devtools: Macho").waitFor();
  expect(await page.locator("macho-devtools[data-first]").count()).toBe(1);
  await page.getByRole("heading", { name: "user:1", exact: true }).waitFor();
});
