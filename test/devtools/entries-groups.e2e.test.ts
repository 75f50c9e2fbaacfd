import { beforeEach, describe, expect, test } from "vitest";
import { findings, launch, page, reopen, row, tab, useFixture } from "./fixture/panel-driver.ts";

useFixture();

const settings = (): Promise<void> =>
  page.evaluate(() => localStorage.setItem("macho-devtools:", '{"page":"entries","height":500}'));
const header = (label: string) => page.getByRole("row", { expanded: true }).filter({ hasText: label });
const closed = (label: string) => page.getByRole("row", { expanded: false }).filter({ hasText: label });
const filter = () => page.getByLabel("Filter keys");
const left = () => page.getByRole("button", { name: /left \d/ });

/** Films and users in a cache of 40, of which some films were evicted. */
async function films(): Promise<void> {
  await launch(0, 40);
  await page.evaluate(() => {
    const { cache } = window;
    for (let index = 0; index < 10; index++)
      cache.set(`film:${index}`, { title: `Film ${index}` }).get(`film:${index}`);
    for (let index = 0; index < 33; index++) cache.set(`user:${index}`, { name: `Name ${index}` });
  });
  await row("user:0").waitFor();
}

beforeEach(settings);

describe("groups", () => {
  test("are told with what they add up to, and opened and closed by press and by keys", async () => {
    await films();
    expect(await header("film:").innerText()).toMatch(/film:\s+7 · 3 left · 3 evicted\s+10\s+100%\s+~/);
    await header("film:").click();
    await closed("film:").waitFor();
    expect(await row("film:5").count()).toBe(0);
    await page.getByRole("treegrid").focus();
    await page.keyboard.press("ArrowRight");
    await row("film:5").waitFor();
    await page.keyboard.press("ArrowDown");
    await page.getByRole("heading", { name: "film:3", exact: true }).waitFor();
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await closed("film:").waitFor();
    await page.keyboard.press("Enter");
    await header("film:").waitFor();
    // The open entry stays open.
    expect(await page.getByRole("heading", { name: "film:3", exact: true }).count()).toBe(1);
  });

  test("show departed keys with when and why they left, which are told when they are chosen", async () => {
    await films();
    expect(await row("film:0").count()).toBe(0);
    await left().click();
    const gone = row("film:0");
    expect(await gone.innerText()).toMatch(/has left: evicted[\s\S]*ago/);
    expect(await gone.locator("s").count()).toBe(1);
    await gone.click();
    await page.getByText("This entry has left.").waitFor();
    await page.getByRole("button", { name: "Close the entry" }).click();
    await page.evaluate(() => window.cache.set("film:0", "back"));
    await page.getByText("has left").nth(3).waitFor({ state: "detached" });
  });

  test("are made by what was chosen last, also after a reload", async () => {
    await films();
    await page.getByLabel("Group by").selectOption("No groups");
    await page.getByRole("grid", { name: "Entries" }).waitFor();
    await tab("Overview").click();
    await tab("Entries").click();
    await page.getByRole("grid", { name: "Entries" }).waitFor();
    await page.reload();
    await page.waitForFunction(() => "fixture" in window);
    await films();
    await page.getByRole("grid", { name: "Entries" }).waitFor();
    expect(await page.getByLabel("Group by").locator("option:checked").innerText()).toBe("No groups");
  });

  test("begin closed where there are many keys, and a filter shows what it found", async () => {
    await page.evaluate(() => {
      const { Cache, launchDashboard } = window.fixture;
      window.cache = new Cache<string, unknown>({ maxCacheSize: 2_000 });
      for (let index = 0; index < 300; index++)
        window.cache.set(`film:${index}`, { title: `Film ${index}` }).set(`user:${index}`, { name: `Name ${index}` });
      launchDashboard(window.cache);
    });
    await closed("film:").waitFor();
    expect(await page.getByRole("row").count()).toBe(3);
    await filter().fill("prefix:user: name 299");
    await page.getByText("1 of 600 keys").waitFor();
    await row("user:299").waitFor();
    await filter().fill("");
    await closed("user:").waitFor();
  });
});

describe("the filter", () => {
  test("takes words, says what is wrong with one, and tells which there are", async () => {
    await films();
    await filter().fill("name read:0");
    await page.getByText("33 of 40 keys").waitFor();
    await filter().fill("film read>0");
    await page.getByText("7 of 40 keys").waitFor();
    await filter().fill("left:evicted");
    await page.getByText("3 of 40 keys").waitFor();
    await row("film:0").waitFor();
    await filter().fill("film ttl<10");
    await page.getByText("ttl<10: a time has a unit: ms, s, m or h. Example: ttl<10s").waitFor();
    expect(await filter().getAttribute("aria-invalid")).toBe("true");
    await filter().fill("film ttl>1s");
    await page.getByText("a time has a unit").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Words of the filter" }).click();
    await page.getByText("size>4kB").waitFor();
  });
});

describe("rows under the pointer", () => {
  /** A thousand writes a second, of which each pushes a key out. */
  async function churn(): Promise<void> {
    await page.evaluate(() => {
      const { Cache, launchDashboard } = window.fixture;
      window.cache = new Cache<string, unknown>({ maxCacheSize: 40, strategy: "fifo" });
      let next = 0;
      const write = (): void => {
        for (let index = 0; index < 20; index++) window.cache.set(`key:${next++}`, { at: next });
      };
      write();
      setInterval(write, 20);
      launchDashboard(window.cache);
    });
    await page.getByRole("gridcell").first().waitFor();
  }

  test("stay where they are at a thousand writes a second: what was aimed at is opened, 8 times of 8", async () => {
    await churn();
    const line = page.getByRole("row").nth(5);
    const hits: boolean[] = [];
    for (let turn = 0; turn < 8; turn++) {
      await page.mouse.move(640, 40);
      // It goes on while nobody points at it.
      const before = await line.getByRole("gridcell").first().innerText();
      await expect.poll(() => line.getByRole("gridcell").first().innerText()).not.toBe(before);
      const box = (await line.boundingBox())!;
      await page.mouse.move(box.x + 60, box.y + box.height / 2);
      const aimed = await line.getByRole("gridcell").first().innerText();
      const written = await page.evaluate(() => window.cache.metrics.sets);
      await page.waitForFunction((sets) => window.cache.metrics.sets > sets + 400, written);
      await page.mouse.down();
      await page.mouse.up();
      hits.push(
        await page
          .getByRole("heading", { name: aimed, exact: true })
          .waitFor({ timeout: 2_000 })
          .then(
            () => true,
            () => false,
          ),
      );
      await page.getByRole("button", { name: "Close the entry" }).click();
    }
    expect(hits).toEqual(Array.from({ length: 8 }, () => true));
  });

  test("say how many new keys wait, and show them when they are asked for", async () => {
    await churn();
    await page.getByRole("row").nth(3).hover();
    await page.getByText(/^\d+ new keys wait\./).waitFor();
    const first = page.getByRole("row").nth(1).getByRole("gridcell").first();
    const held = await first.innerText();
    await page.getByText("has left: evicted").first().waitFor();
    expect(await first.innerText()).toBe(held);
    await page.getByRole("button", { name: "Show" }).click();
    await expect.poll(() => first.innerText()).not.toBe(held);
  });

  test("stay as well while keys walk them", async () => {
    await churn();
    await page.mouse.move(640, 40);
    await page.getByRole("grid").focus();
    await page.keyboard.press("ArrowDown");
    const first = page.getByRole("row").nth(1).getByRole("gridcell").first();
    const held = await first.innerText();
    await page.getByText(/^\d+ new keys wait\./).waitFor();
    await page.keyboard.press("ArrowDown");
    expect(await first.innerText()).toBe(held);
    await filter().focus();
    await expect.poll(() => first.innerText()).not.toBe(held);
  });
});

test("next to go is the order of eviction, and is not offered where the policy draws lots", async () => {
  await launch(0, 3);
  await page.evaluate(() => {
    for (const key of ["a", "b", "c"]) window.cache.set(key, 1);
    window.cache.get("a");
  });
  await row("a").waitFor();
  await page.getByLabel("Sort by").selectOption("Next to go");
  const keys = (): Promise<string[]> =>
    page.evaluate(() =>
      [...document.querySelector("macho-devtools")!.shadowRoot!.querySelectorAll(".rows .key")].map(
        (cell) => cell.textContent,
      ),
    );
  await expect.poll(keys).toEqual(["b", "c", "a"]);
  await page.reload();
  await page.waitForFunction(() => "fixture" in window);
  await page.evaluate(() => {
    const cache = new window.fixture.Cache<string, unknown>({ strategy: "random" });
    window.fixture.launchDashboard(cache.set("a", 1));
  });
  await row("a").waitFor();
  expect(await page.getByLabel("Sort by").innerText()).not.toContain("Next to go");
});

for (const [width, colorScheme] of [
  [1280, "light"],
  [390, "dark"],
] as const) {
  test(`groups, departed keys and the help of the filter have no finding of axe, ${colorScheme}, ${width} wide`, async () => {
    await reopen({ colorScheme, bypassCSP: true, viewport: { width, height: 844 } });
    await settings();
    await page.reload();
    await page.waitForFunction(() => "fixture" in window);
    await films();
    await left().click();
    await filter().fill("film status:eror");
    await page.getByRole("button", { name: "Words of the filter" }).click();
    await filter().fill("status:eror");
    await header("film:").waitFor();
    expect(await findings()).toEqual([]);
  });
}

test("the toolbar takes two rows on a phone, and says by sign and number what keys are like", async () => {
  await reopen({ viewport: { width: 390, height: 844 } });
  await page.evaluate(async () => {
    const client = new window.fixture.QueryClient({ cache: { maxCacheSize: 20 } });
    for (let id = 0; id < 30; id++)
      await client.fetchQuery(["film", id], () => Promise.resolve(id), { staleTime: 6e4 });
    const fail = (): Promise<never> => Promise.reject(new Error("404"));
    client.observe(["none"], fail, { retry: 0 }).subscribe(() => undefined);
    window.fixture.launchDashboard(client);
  });
  await tab("Entries").click();
  await filter().fill("film");
  await page.getByText("20 of 21 keys").waitFor();
  const tops = await page.locator(".toolbar").evaluate((bar) =>
    [...bar.querySelectorAll("button, select, input")].map((each) => {
      const { top, bottom } = each.getBoundingClientRect();
      return Math.round((top + bottom) / 2);
    }),
  );
  expect(new Set(tops).size).toBe(2);
  expect(await page.getByRole("button", { name: "error 1" }).isVisible()).toBe(true);
});
