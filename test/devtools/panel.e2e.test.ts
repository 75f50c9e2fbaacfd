import { describe, expect, test } from "vitest";
import {
  choose,
  findings,
  focused,
  launch,
  page,
  panel,
  reopen,
  row,
  tab,
  useFixture,
} from "./fixture/panel-driver.ts";

useFixture();

describe("the shell", () => {
  test("opens by its toggle, takes the focus, and gives it back on Escape", async () => {
    await page.evaluate(() => void window.fixture.mountDevtools(new window.fixture.Cache()));
    const toggle = page.getByRole("button", { name: "Open Macho devtools" });
    expect(await panel().count()).toBe(0);
    await toggle.click();
    await panel().waitFor();
    expect(await focused()).toBe("Overview");
    await page.keyboard.press("Escape");
    expect(await panel().count()).toBe(0);
    expect(await focused()).toBe("Macho");
  });

  test("stays open on Escape in the app, and leaves the app's focus alone when it opens with the page", async () => {
    await page.getByLabel("Name").focus();
    await launch(3);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("name");
    await page.keyboard.press("Escape");
    expect(await panel().count()).toBe(1);
  });

  test("hides its keys, clicks and focus from the app", async () => {
    await launch(3);
    await page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      for (const type of ["keydown", "pointerdown", "mousedown", "click", "focusin"]) {
        document.addEventListener(type, () => heard.push(type));
      }
    });
    await tab("Entries").click();
    await page.getByLabel("Filter keys").fill("user");
    await page.keyboard.press("a");
    expect(await page.evaluate(() => (window as unknown as { heard: string[] }).heard)).toEqual([]);
  });

  test("makes room at the end of the page while it is docked, so that it hides nothing for good", async () => {
    await page.evaluate(() => {
      const last = document.createElement("button");
      last.textContent = "The last line";
      last.style.marginTop = "1500px";
      document.body.append(last);
    });
    const clear = async (): Promise<number> => {
      await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
      const last = await page.getByRole("button", { name: "The last line" }).boundingBox();
      const top = (await panel().count()) > 0 ? (await panel().boundingBox())?.y : 780;
      return (top ?? 0) - ((last?.y ?? 0) + (last?.height ?? 0));
    };
    const before = await page.evaluate(() => document.documentElement.scrollHeight);
    await launch(3);
    expect(await clear()).toBeGreaterThanOrEqual(0);
    await page.getByRole("separator", { name: "Height of the panel" }).press("End");
    await expect.poll(clear).toBeGreaterThanOrEqual(0);
    await page.getByRole("button", { name: "Close" }).click();
    expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(before);
  });

  test("is resized by keys and by the pointer, and remembers height, page and theme", async () => {
    await launch(3);
    const handle = page.getByRole("separator", { name: "Height of the panel" });
    await handle.press("Home");
    expect(await handle.getAttribute("aria-valuenow")).toBe("200");
    await handle.press("ArrowUp");
    expect((await panel().boundingBox())?.height).toBe(216);
    await handle.hover();
    await page.mouse.down();
    await page.mouse.move(600, 380);
    await page.mouse.up();
    expect((await panel().boundingBox())?.height).toBe(400);
    await tab("Overview").focus();
    await page.keyboard.press("ArrowRight");
    await choose("Theme", "Dark");
    expect(await page.evaluate(() => JSON.parse(localStorage.getItem("macho-devtools:") ?? ""))).toEqual({
      page: "entries",
      dock: "bottom",
      height: 400,
      width: 0,
      sheet: 0,
      theme: "dark",
      corner: "bottom-end",
      shortcut: "",
      badge: false,
      recording: true,
      target: "",
      grouping: "",
      estimates: true,
      open: true,
    });
  });

  test("works where storage is forbidden", async () => {
    await page.evaluate(() => {
      const refuse = {
        get: (): never => {
          throw new DOMException("no", "SecurityError");
        },
      };
      Object.defineProperty(window, "localStorage", refuse);
    });
    await launch(3);
    await tab("Entries").click();
    await row("user:1").waitFor();
  });

  test("leaves no element, listener or timer behind, even when removed while loading", async () => {
    const left = await page.evaluate(async () => {
      const { Cache, launchDashboard, mountDevtools } = window.fixture;
      const cache = new Cache<string, number>();
      const isRecorded = (): boolean => cache.parts.stores[0]!.recorder !== undefined;
      const elements = document.documentElement.children.length;
      let reads = 0;
      const prototype = Object.getPrototypeOf(cache) as object;
      const read = (): unknown => (reads++, Reflect.get(prototype, "metrics", cache));
      Object.defineProperty(cache, "metrics", { get: read });
      launchDashboard(cache)();
      const undo = [launchDashboard(cache), mountDevtools(cache, { name: "two" })];
      await new Promise<void>((done) => {
        const look = setInterval(() => {
          if (reads < 2) return;
          clearInterval(look);
          done();
        }, 100);
      });
      const during = { reads, isRecorded: isRecorded(), elements: document.documentElement.children.length - elements };
      undo.forEach((each) => each());
      const readsThen = reads;
      await new Promise((done) => setTimeout(done, 1_300));
      return {
        during,
        reads: reads - readsThen,
        isRecorded: isRecorded(),
        elements: document.documentElement.children.length - elements,
      };
    });
    expect(left.during.reads).toBeGreaterThan(1);
    expect(left.during).toMatchObject({ isRecorded: true, elements: 2 });
    expect(left).toMatchObject({ reads: 0, isRecorded: false, elements: 0 });
  });

  test("shows two caches side by side", async () => {
    await page.evaluate(() => {
      const { Cache, mountDevtools } = window.fixture;
      for (const name of ["one", "two"]) mountDevtools(new Cache(), { name });
    });
    await page.getByRole("button", { name: "Open Macho devtools: one" }).click();
    await panel("Macho devtools: one").getByRole("button", { name: "Close" }).click();
    await page.getByRole("button", { name: "Open Macho devtools: two" }).click();
    await panel("Macho devtools: two").waitFor();
  });

  test("is there once under StrictMode, follows its props, and goes with its component", async () => {
    const hosts = (): Promise<number> => page.locator("macho-devtools").count();
    await page.evaluate(() => {
      const { Cache, renderDevtools } = window.fixture;
      window.cache = new Cache();
      window.devtools = renderDevtools({ cache: window.cache, initialIsOpen: true });
    });
    await panel().waitFor();
    expect(await hosts()).toBe(1);
    await page.evaluate(() => window.devtools.render({ cache: window.cache, name: "renamed" }));
    await page.getByRole("button", { name: "Open Macho devtools: renamed" }).waitFor();
    expect(await hosts()).toBe(1);
    await page.evaluate(() => window.devtools.unmount());
    await page.waitForFunction(() => document.querySelector("macho-devtools") === null);
  });

  test("fills a given element", async () => {
    await page.evaluate(() => {
      const parent = document.querySelector<HTMLElement>("#inside") as HTMLElement;
      parent.style.height = "300px";
      window.fixture.mountDevtools(new window.fixture.Cache(), parent);
    });
    await panel().waitFor();
    expect((await panel().boundingBox())?.height).toBe(300);
    expect(await page.getByRole("button", { name: /Close|Open Macho/ }).count()).toBe(0);
  });
});

describe("accessibility", () => {
  for (const colorScheme of ["light", "dark"] as const) {
    test(`has no finding of axe on either page, ${colorScheme}`, async () => {
      await reopen({ colorScheme, bypassCSP: true });
      await launch(200, 150);
      await page.evaluate(() => window.cache.set("last", 1));
      await page.getByRole("table").getByText("evicted").first().waitFor();
      expect(await findings()).toEqual([]);
      await page.getByRole("button", { name: "Table" }).first().click();
      await tab("Entries").click();
      await page.getByRole("row").nth(2).click();
      expect(await findings()).toEqual([]);
      expect(await background()).toBe(colorScheme === "light" ? "rgb(255, 255, 255)" : "rgb(21, 24, 30)");
      await page.emulateMedia({ colorScheme: colorScheme === "light" ? "dark" : "light" });
      expect(await background()).not.toBe(colorScheme === "light" ? "rgb(255, 255, 255)" : "rgb(21, 24, 30)");
    });
  }
});

const background = (): Promise<string> => panel().evaluate((element) => getComputedStyle(element).backgroundColor);
