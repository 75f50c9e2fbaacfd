import { expect, test } from "vitest";
import { launch, page, panel, recorded, row, tab, useFixture } from "./fixture/panel-driver.ts";

useFixture();

const toggle = () => page.getByRole("button", { name: "Open Macho devtools" });
const press = async (...keys: string[]): Promise<void> => {
  for (const key of keys) await page.keyboard.press(key);
};
/** What has the focus inside the panel. */
const focus = (): Promise<string | null | undefined> =>
  page.evaluate(() => {
    const active = document.activeElement?.shadowRoot?.activeElement;
    return active?.getAttribute("aria-label") ?? active?.textContent;
  });

test("the whole way without a pointer: open, look, filter, choose, remove, take it back, and close layer by layer", async () => {
  await launch(30);
  await press("Escape");
  await page.getByRole("button", { name: "Close" }).press("Escape");
  await page.getByLabel("Name").focus();
  await press("Tab");
  await expect.poll(focus).toBe("Open Macho devtools");
  await press("Enter");
  await expect.poll(focus).toBe("Overview");
  await press("ArrowRight");
  await row("user:2").waitFor();
  await press("/");
  await page.keyboard.type("user:2");
  await page.getByText("11 of 30 keys").waitFor();
  // From the filter on to the list.
  for (let step = 0; step < 40 && (await focus()) !== "Entries"; step++) await press("Tab");
  await press("ArrowDown", "ArrowDown");
  await page.getByRole("heading", { name: "user:20", exact: true }).waitFor();
  await press("Enter");
  await expect.poll(focus).toBe("Value");
  await press("ArrowRight", "Shift+Tab");
  for (let step = 0; step < 40 && (await focus()) !== "Entries"; step++) await press("Shift+Tab");
  await press("Delete");
  await expect.poll(() => page.evaluate(() => window.cache.has("user:20"))).toBe(false);
  await page.getByRole("heading", { name: "user:21", exact: true }).waitFor();
  for (let step = 0; step < 40 && (await focus()) !== "Undo"; step++) await press("Tab");
  await press("Enter");
  await expect.poll(() => page.evaluate(() => window.cache.has("user:20"))).toBe(true);
  await press("Escape");
  await page.getByText("30 keys", { exact: true }).waitFor();
  await press("Escape");
  await expect.poll(() => page.getByRole("region", { name: "Chosen entry" }).count()).toBe(0);
  expect(await panel().count()).toBe(1);
  await press("Escape");
  expect(await panel().count()).toBe(0);
  await expect.poll(focus).toBe("Open Macho devtools");
});

test("arrows, Home and End go over all pages, and Escape closes each of them from its middle", async () => {
  await launch(30);
  const names = await page.getByRole("tab").allInnerTexts();
  await tab(names[0]!).focus();
  const shown = async (name: string): Promise<void> => {
    await page.getByRole("tabpanel", { name, exact: true }).waitFor();
    expect(await focus()).toBe(name);
  };
  for (const name of [...names.slice(1), names[0]!]) {
    await press("ArrowRight");
    await shown(name);
  }
  await press("ArrowLeft");
  await shown(names.at(-1)!);
  await press("Home");
  await shown(names[0]!);
  await press("End");
  await shown(names.at(-1)!);
  for (const name of names) {
    await tab(name).click();
    const within = page.getByRole("tabpanel", { name, exact: true });
    await within.locator("button:enabled, select, [tabindex='0']").first().focus();
    await press("Escape");
    await expect.poll(() => panel().count()).toBe(0);
    await expect.poll(focus).toBe("Open Macho devtools");
    await toggle().press("Enter");
    await expect.poll(focus).toBe(name);
  }
});

test("the panel's code comes with the focus or the pointer on the button, and not before", async () => {
  const loads = (): Promise<string[]> =>
    page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .map(({ name }) => /\/(main|entries-page)-/.exec(name)?.[1] ?? "")
        .filter(Boolean)
        .sort(),
    );
  await page.evaluate(() => {
    localStorage.setItem("macho-devtools:", '{"page":"entries"}');
    window.fixture.mountDevtools((window.cache = new window.fixture.Cache<string, unknown>()));
  });
  await toggle().waitFor();
  await recorded();
  expect(await loads()).toEqual([]);
  await page.getByLabel("Name").focus();
  await press("Tab");
  await expect.poll(loads).toEqual(["entries-page", "main"]);
  expect(await panel().count()).toBe(0);
  await press("Enter");
  await page.getByText("The cache is empty.").waitFor();
});
