import { expect, test } from "vitest";
import {
  choose,
  findings,
  launch,
  openPage,
  page,
  panel,
  reopen,
  row,
  sideways,
  tab,
  useFixture,
} from "./fixture/panel-driver.ts";

useFixture();

const box = async (): Promise<{ x: number; y: number; width: number; height: number }> =>
  (await panel().boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };

const SIDES = [
  { dock: "Top", size: "Height", key: "ArrowDown", to: [600, 300], edge: { x: 0, y: 0, width: 1280, height: 300 } },
  { dock: "Left", size: "Width", key: "ArrowRight", to: [500, 400], edge: { x: 0, y: 0, width: 500, height: 780 } },
  { dock: "Right", size: "Width", key: "ArrowLeft", to: [700, 400], edge: { x: 700, y: 0, width: 580, height: 780 } },
  { dock: "Bottom", size: "Height", key: "ArrowUp", to: [600, 480], edge: { x: 0, y: 480, width: 1280, height: 300 } },
] as const;

for (const { dock, size, key, to, edge } of SIDES) {
  test(`docks at the ${dock.toLowerCase()}, is resized there by keys and by the pointer, and remembers it`, async () => {
    await launch(3);
    await choose("Dock", dock);
    const handle = page.getByRole("separator", { name: `${size} of the panel` });
    expect(await handle.getAttribute("aria-orientation")).toBe(size === "Width" ? "vertical" : "horizontal");
    await handle.press("Home");
    const least = Number(await handle.getAttribute("aria-valuemin"));
    await handle.press(key);
    await expect.poll(async () => (await box())[size === "Width" ? "width" : "height"]).toBe(least + 16);
    await handle.hover();
    await page.mouse.down();
    await page.mouse.move(to[0], to[1]);
    await page.mouse.up();
    await expect.poll(box).toEqual(edge);
    await page.evaluate(() => window.fixture.mountDevtools(window.cache, { name: "" }));
    await expect.poll(async () => panel().last().boundingBox()).toEqual(edge);
  });
}

test("starts on the side that the page asks for, until the reader chooses another", async () => {
  const open = (): Promise<void> =>
    page.evaluate(() => {
      localStorage.setItem("macho-devtools:other", '{"dock":"top"}');
      const { Cache, launchDashboard } = window.fixture;
      launchDashboard(new Cache(), { initialDock: "left" });
      launchDashboard(new Cache(), { initialDock: "left", name: "other" });
    });
  await open();
  await expect.poll(box).toEqual({ x: 0, y: 0, width: 480, height: 780 });
  await expect.poll(async () => (await panel("Macho devtools: other").boundingBox())?.width).toBe(1280);
});

test("is resized by a finger", async () => {
  await reopen({ hasTouch: true });
  await launch(3);
  await choose("Dock", "Left");
  const { width, height } = await box();
  const client = await page.context().newCDPSession(page);
  const touch = (type: string, x: number): Promise<unknown> =>
    client.send("Input.dispatchTouchEvent", {
      type: type as "touchStart",
      touchPoints: type === "touchEnd" ? [] : [{ x, y: height / 2 }],
    });
  await touch("touchStart", width - 3);
  await touch("touchMove", 600);
  await touch("touchEnd", 600);
  await expect.poll(async () => (await box()).width).toBe(600);
});

test("covers nothing of the page for good, on whatever side it is docked", async () => {
  await launch(3);
  const heading = async (): Promise<{ x: number; y: number; width: number; height: number }> =>
    (await page.getByRole("heading", { name: "A page with a cache" }).boundingBox())!;
  const before = await heading();
  for (const dock of ["Top", "Left", "Right"]) {
    await choose("Dock", dock);
    const isClear = async (): Promise<boolean> => {
      const [text, cover] = [await heading(), await box()];
      if (dock === "Top") return text.y >= cover.height;
      return dock === "Left" ? text.x >= cover.width : text.x + text.width <= cover.x;
    };
    await expect.poll(isClear).toBe(true);
  }
  await page.getByRole("button", { name: "Close" }).click();
  expect(await heading()).toEqual(before);
  expect(await page.evaluate(() => document.adoptedStyleSheets.length)).toBe(0);
});

test("is a sheet at the bottom of a phone, or at its top, wherever it was docked", async () => {
  await page.setViewportSize({ width: 390, height: 780 });
  await page.evaluate(() => localStorage.setItem("macho-devtools:", '{"dock":"left","width":900}'));
  await launch(3);
  const { x, y, width, height } = await box();
  expect([x, width, y + height]).toEqual([0, 390, 780]);
  await expect.poll(() => page.evaluate(() => document.adoptedStyleSheets.length)).toBe(0);
  await choose("Dock", "Top");
  await expect.poll(async () => (await box()).y).toBe(0);
  expect((await box()).width).toBe(390);
  await choose("Dock", "Right");
  await expect.poll(async () => (await box()).y + height).toBe(780);
});

test("fills a phone by a button, and leaves it again", async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await launch(3);
  const first = (await box()).height;
  const full = page.getByRole("button", { name: "Full height" });
  await full.click();
  await expect.poll(async () => (await box()).height).toBe(844);
  expect(await full.getAttribute("aria-pressed")).toBe("true");
  await full.click();
  await expect.poll(async () => (await box()).height).toBe(first);
  await page.setViewportSize({ width: 1280, height: 780 });
  await expect.poll(() => full.count()).toBe(0);
});

test("stands in any corner, on the other side where a page is written from right to left", async () => {
  const at = async (): Promise<string> => {
    const { x, y } = (await page.getByRole("button", { name: "Open Macho devtools" }).boundingBox())!;
    return `${y < 390 ? "top" : "bottom"} ${x < 640 ? "left" : "right"}`;
  };
  await page.evaluate(() => void window.fixture.mountDevtools(new window.fixture.Cache(), { corner: "top-start" }));
  expect(await at()).toBe("top left");
  await page.evaluate(() => (document.documentElement.dir = "rtl"));
  expect(await at()).toBe("top right");
  await page.getByRole("button", { name: "Open Macho devtools" }).click();
  await choose("Toggle", "Bottom end");
  expect(await panel().evaluate((element) => getComputedStyle(element).direction)).toBe("ltr");
  await page.getByRole("button", { name: "Close" }).click();
  expect(await at()).toBe("bottom left");
});

test("has the toggles of several mounts side by side, in as many rows as the window needs", async () => {
  await page.evaluate(() => {
    const { Cache, mountDevtools } = window.fixture;
    const names = ["one", "two", "a longer name", "four"];
    Object.assign(window, { undo: names.map((name) => mountDevtools(new Cache(), { name })) });
  });
  const boxes = async (): Promise<{ x: number; y: number; width: number }[]> => {
    const all = await page.getByRole("button", { name: /Open Macho devtools/ }).all();
    return Promise.all(all.map(async (each) => (await each.boundingBox())!));
  };
  const rows = async (): Promise<number[]> => {
    const counts = new Map<number, number>();
    for (const { y } of await boxes()) counts.set(y, (counts.get(y) ?? 0) + 1);
    return [...counts.values()];
  };
  await expect.poll(rows).toEqual([4]);
  const inRow = (await boxes()).sort((one, other) => one.x - other.x);
  inRow.slice(1).forEach((each, index) => expect(each.x).toBeGreaterThanOrEqual(inRow[index]!.x + inRow[index]!.width));
  await page.setViewportSize({ width: 320, height: 640 });
  await expect.poll(async () => (await rows()).length).toBeGreaterThan(1);
  for (const { x, width } of await boxes()) expect(x >= 0 && x + width <= 320).toBe(true);
  await page.setViewportSize({ width: 1280, height: 780 });
  await page.getByRole("button", { name: "Open Macho devtools: one" }).click();
  await panel("Macho devtools: one").getByRole("button", { name: "Close" }).click();
  await expect.poll(rows).toEqual([4]);
});

test("leaves a strip of a phone to the app, and is resized there by mouse, finger and keys", async () => {
  await reopen({ hasTouch: true, viewport: { width: 390, height: 844 } });
  await launch(30);
  expect((await box()).height).toBe(709);
  await page.getByRole("heading", { name: "A page with a cache" }).click();
  const handle = page.getByRole("separator", { name: "Height of the panel" });
  await handle.press("ArrowUp");
  await expect.poll(async () => (await box()).height).toBe(725);
  await handle.hover();
  await page.mouse.down();
  await page.mouse.move(200, 300);
  await page.mouse.up();
  await expect.poll(async () => (await box()).height).toBe(544);
  const client = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", y: number): Promise<unknown> =>
    client.send("Input.dispatchTouchEvent", { type, touchPoints: type === "touchEnd" ? [] : [{ x: 195, y }] });
  await touch("touchStart", 306);
  await touch("touchMove", 500);
  await touch("touchEnd", 500);
  await expect.poll(async () => (await box()).height).toBe(344);
  expect(await page.evaluate(() => JSON.parse(localStorage.getItem("macho-devtools:") ?? ""))).toMatchObject({
    sheet: 344,
    height: 0,
  });
});

test("covers about half of a phone on its side at first, and never all of it", async () => {
  await page.setViewportSize({ width: 844, height: 390 });
  await launch(30);
  expect((await box()).height).toBe(215);
  await page.getByRole("separator").press("End");
  await expect.poll(async () => (await box()).height).toBe(254);
  await choose("Dock", "Right");
  await expect.poll(async () => (await box()).width).toBe(380);
});

test("keeps its pages on one line at 320 pixels, and shows which of several caches it is", async () => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.evaluate(() => {
    const { Cache, launchDashboard } = window.fixture;
    const long = "A rather long name of a cache";
    launchDashboard({ [long]: new Cache(), other: new Cache() }, { name: "A panel" });
  });
  await panel("Macho devtools: A panel").waitFor();
  const tops = await page.getByRole("tab").evaluateAll((tabs) => tabs.map((each) => each.getBoundingClientRect().top));
  expect(new Set(tops).size).toBe(1);
  const picker = (await page.getByLabel("Cache", { exact: true }).boundingBox())!;
  expect(picker.width).toBeGreaterThan(120);
  expect(await panel("Macho devtools: A panel").evaluate((each) => each.scrollWidth - each.clientWidth)).toBe(0);
});

test("shows what tells keys apart where there is no room for all of them", async () => {
  await page.setViewportSize({ width: 390, height: 780 });
  await page.evaluate(() => {
    localStorage.setItem("macho-devtools:", '{"page":"entries"}');
    const cache = new window.fixture.Cache<string, number>();
    for (let index = 0; index < 30; index++) {
      cache.set(`https://api.example.com/v1/films/${1_000 + index}?include=cast,crew&lang=en`, index);
    }
    window.fixture.launchDashboard(cache);
  });
  const cell = page.getByRole("gridcell").filter({ hasText: "/films/1003?" });
  await cell.waitFor();
  const isSeen = await cell.evaluate((element) => {
    const text = [...element.querySelectorAll("span span")].at(-1)!;
    const range = document.createRange();
    range.setStart(text.firstChild!, 0);
    range.setEnd(text.firstChild!, "1003".length);
    const [word, all] = [range.getBoundingClientRect(), element.getBoundingClientRect()];
    return text.textContent.startsWith("1003") && word.left >= all.left && word.right <= all.right;
  });
  expect(isSeen).toBe(true);
});

test("scrolls nothing sideways, on any page, beside the page and on a phone", async () => {
  await launch(300, 200);
  await choose("Dock", "Right");
  for (const narrow of [false, true]) {
    if (narrow) await page.setViewportSize({ width: 390, height: 780 });
    else await page.getByRole("separator").press("Home");
    for (const name of ["Overview", "Entries", "Settings", "Requests", "Lifespan", "Latency", "General"]) {
      await openPage(name);
      expect([name, await sideways()]).toEqual([name, []]);
    }
    for (const each of await page.getByRole("tab").all()) {
      const at = (await each.boundingBox())!;
      expect(at.x + at.width).toBeLessThanOrEqual(narrow ? 390 : 1280);
    }
  }
});

test("picks between several caches, and knows of each what left it before it was shown", async () => {
  await reopen({ bypassCSP: true });
  await page.evaluate(() => {
    const { Cache, QueryClient, mountDevtools } = window.fixture;
    const [users, cache, client] = [new Cache<string, unknown>(), new Cache<string, unknown>(), new QueryClient()];
    users.set("key of users", 1);
    cache.set("key of cache", 1).set("one that leaves", 2);
    client.setQueryData("a query", 1);
    mountDevtools({ users, cache, app: client }, { initialIsOpen: true });
    window.cache = cache;
  });
  await panel().waitFor();
  await tab("Entries").click();
  await row("key of users").waitFor();
  await page.evaluate(() => window.cache.delete("one that leaves"));
  await page.getByLabel("Filter keys").fill("users");
  await page.getByLabel("Cache", { exact: true }).selectOption("cache");
  await row("key of cache").waitFor();
  expect(await page.getByLabel("Filter keys").inputValue()).toBe("");
  expect(await findings()).toEqual([]);
  await tab("Overview").click();
  await page.getByRole("row").filter({ hasText: "one that leaves" }).filter({ hasText: "deleted" }).waitFor();
  await tab("Entries").click();
  await page.getByLabel("Cache", { exact: true }).selectOption("app");
  await row("a query").waitFor();
  await page.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Open Macho devtools" }).click();
  const chosen = page.getByLabel("Cache", { exact: true }).locator("option:checked");
  expect(await chosen.innerText()).toBe("app");
});

test("refuses to show nothing, in words", async () => {
  const told = await page.evaluate(() => {
    try {
      return String(window.fixture.mountDevtools({}));
    } catch (error) {
      return String(error);
    }
  });
  expect(told).toBe(
    "MachoError: The devtools need a Cache or a QueryClient to show, got none. Pass cache, client, or { name: cache }. [invalid-argument]",
  );
});

test("as a React component fills its parent, follows its props, and goes with it", async () => {
  await page.evaluate(() => {
    const { Cache, renderPanel } = window.fixture;
    const parent = document.querySelector<HTMLElement>("#inside")!;
    parent.style.height = "300px";
    const caches = { one: new Cache<string, unknown>(), two: new Cache<string, unknown>() };
    Object.assign(window, { many: caches, rendered: renderPanel({ caches }) });
  });
  await panel().waitFor();
  expect((await box()).height).toBe(300);
  expect(await page.locator("macho-devtools").count()).toBe(1);
  await tab("Settings").click();
  await page.getByRole("group", { name: "Theme" }).waitFor();
  expect(await page.getByRole("group", { name: "Dock" }).count()).toBe(0);
  // The same caches in a new record are no reason to begin anew; others are.
  const again = (extra: boolean): Promise<boolean> =>
    page.evaluate((isMore) => {
      const { many: caches, rendered } = window as unknown as {
        many: Record<string, InstanceType<typeof window.fixture.Cache>>;
        rendered: ReturnType<typeof window.fixture.renderPanel>;
      };
      const before = document.querySelector("macho-devtools");
      rendered.render({ caches: { ...caches, ...(isMore ? { three: new window.fixture.Cache() } : {}) } });
      return new Promise((done) => {
        requestAnimationFrame(() =>
          requestAnimationFrame(() => done(document.querySelector("macho-devtools") === before)),
        );
      });
    }, extra);
  expect(await again(false)).toBe(true);
  expect(await again(true)).toBe(false);
  await page.getByRole("combobox", { name: "Cache" }).selectOption("three");
  await page.evaluate(() => (window as unknown as { rendered: { unmount(): void } }).rendered.unmount());
  await page.waitForFunction(() => document.querySelector("macho-devtools") === null);
});

test.each([390, 300])("has its tabs in one row on a phone of %i px, and the chosen one in view", async (width) => {
  await page.setViewportSize({ width, height: 844 });
  await page.evaluate(() => {
    localStorage.setItem("macho-devtools:", '{"page":"statistics"}');
    const cache = new window.fixture.Cache({ maxCacheSize: 5 });
    window.fixture.launchDashboard(cache);
    const failing = (at: number): Promise<unknown> => cache.getOrLoad(at, () => Promise.reject(new Error("no")));
    return Promise.allSettled(Array.from({ length: 12 }, (_, at) => failing(at)));
  });
  await tab("Loads").getByText("12").waitFor();
  const tabs = page.getByRole("tablist");
  const boxes = async (): Promise<{ x: number; y: number; width: number; height: number }[]> =>
    Promise.all((await page.getByRole("tab").all()).map(async (each) => (await each.boundingBox())!));
  expect(new Set((await boxes()).map(({ y }) => y)).size).toBe(1);
  if (width === 390) expect(await sideways()).toEqual([]);
  const { x: left, y: top, height: high } = (await tabs.boundingBox())!;
  /** Whether it is seen whole, with the ring of its focus, which is drawn inside of it. */
  const isSeen = async (at: number): Promise<boolean> => {
    const each = (await boxes())[at]!;
    const ring = await page
      .getByRole("tab")
      .nth(at)
      .evaluate(
        (one) => parseFloat(getComputedStyle(one).outlineOffset) + parseFloat(getComputedStyle(one).outlineWidth),
      );
    const isWithin =
      each.x >= left && each.x + each.width <= width && each.y >= top && each.y + each.height <= top + high;
    return isWithin && ring <= 0;
  };
  await page.keyboard.press("Tab");
  await page.getByRole("tab", { selected: true }).focus();
  expect(await isSeen(5)).toBe(true);
  for (const [key, at] of [
    ["Home", 0],
    ["ArrowRight", 1],
    ["End", 5],
    ["ArrowLeft", 4],
  ] as const) {
    await page.keyboard.press(key);
    await expect.poll(() => page.getByRole("tab").nth(at).getAttribute("aria-selected")).toBe("true");
    await expect.poll(() => isSeen(at)).toBe(true);
  }
});
