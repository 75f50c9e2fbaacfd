import type { Locator, Page } from "playwright";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { axeFindings } from "../support/axe.ts";
import { useExample } from "./example-app.ts";
import { watchComplaints } from "./explorer-app.ts";

const BOARDS = ["Sales", "Stock", "Delivery", "Servers", "Support"];
/** Widgets of a board. */
const WIDGETS = 40;
/** Ms in which each widget polls once: the longest interval is shorter. */
const A_POLL = 8_000;

const dashboard = useExample("dashboard", (first) => first.locator(".trend").nth(WIDGETS - 1));
let page: Page;
let complaints: readonly string[];
/** The widgets that were asked for, in the order of the requests. */
let asked: string[];
let answered: number;

beforeEach(async () => {
  page = await dashboard.browser.newPage({ viewport: { width: 1280, height: 900 }, bypassCSP: true });
  page.setDefaultTimeout(30_000);
  complaints = watchComplaints(page);
  asked = [];
  answered = 0;
  const idOf = (address: string): string | undefined => /\/api\/metrics\/([\w-]+)/.exec(address)?.[1];
  page.on("request", (request) => {
    const id = idOf(request.url());
    if (id !== undefined) asked.push(id);
  });
  page.on("requestfinished", (request) => {
    if (idOf(request.url()) !== undefined) answered += 1;
  });
});
afterEach(async () => {
  await page.close();
  expect(complaints).toEqual([]);
});

describe("the dashboard", { timeout: 120_000 }, () => {
  test("has a poor hit ratio, of which the panel says why, and which Apply mends", async () => {
    await open();
    for (const board of [...rest(), ...BOARDS, ...BOARDS]) await show(board);
    await expect.poll(hitRatio).toBe("0%");

    await page.getByRole("button", { name: "Open Macho devtools" }).click();
    await advice()
      .getByText(/^Too small\. 100% of the misses ask for what was evicted before\.$/)
      .waitFor();
    const apply = advice().getByRole("button", { name: /^Apply \d+$/ });
    const size = Number((await apply.innerText()).replace("Apply ", ""));
    expect(size).toBeGreaterThanOrEqual(BOARDS.length * WIDGETS);
    await apply.click();
    await advice()
      .getByText(/^Applied\./)
      .waitFor();

    for (const board of [...rest(), ...BOARDS]) await show(board);
    // The ratio is of the last look-ups: it rises as the boards turn on.
    let turn = 0;
    const turned = async (): Promise<string | null> => {
      await show(BOARDS[turn++ % BOARDS.length]!);
      return hitRatio();
    };
    await expect.poll(turned, { timeout: 60_000, interval: 300 }).toBe("100%");
    await show("Stock");
    const before = asked.length;
    await show("Sales");
    await expect.poll(() => page.getByTestId("stored").textContent()).toBe(`200 of ${size}`);
    // What was there is shown without a request: a poll of the board may have begun meanwhile.
    expect(new Set(asked.slice(before)).size).toBeLessThan(WIDGETS);
  });

  test("polls for the board that is shown alone, and for none while the page is hidden", async () => {
    await openPaused();
    await show("Stock");
    const sales = asked.length - WIDGETS;
    await pollAll();
    expect(new Set(asked.slice(sales).map((id) => id.split("-")[0]))).toEqual(new Set(["stock"]));
    expect(new Set(asked.slice(sales)).size).toBe(WIDGETS);

    await hide(true);
    const before = asked.length;
    await page.clock.runFor(10 * A_POLL);
    expect(asked.length).toBe(before);
    await hide(false);
    await pollAll();
    expect(asked.length).toBeGreaterThanOrEqual(before + WIDGETS);
  });

  test("draws the widgets whose values have changed, and no other", async () => {
    await openPaused();
    await page.getByRole("switch", { name: "Hold the values" }).click();
    await pollAll();
    const held = await tiles();
    await pollAll();
    await pollAll();
    expect(await tiles()).toEqual(held);

    // Another moment is held: many values are other ones then, and some are the same.
    await page.getByRole("switch", { name: "Hold the values" }).click();
    await page.getByRole("switch", { name: "Hold the values" }).click();
    await pollAll();
    const now = await tiles();
    const changed = now.filter(({ points }, place) => points !== held[place]!.points);
    expect(changed.length).toBeGreaterThan(0);
    expect(changed.length).toBeLessThan(WIDGETS);
    for (const [place, { id, points, drawn }] of now.entries()) {
      const more = points === held[place]!.points ? 0 : 1;
      expect(`${id} ${drawn}`).toBe(`${id} ${held[place]!.drawn + more}`);
    }
  });

  test("turns its boards by itself", async () => {
    await openPaused();
    await page.getByRole("switch", { name: "Turn the boards" }).click();
    for (const board of rest()) {
      await page.clock.runFor(2_000);
      await page.getByRole("heading", { name: board, exact: true }).waitFor();
      await shown();
    }
  });

  test("is accessible, and fits a narrow window, in light and dark", async () => {
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      for (const width of [1280, 390]) {
        await page.setViewportSize({ width, height: 844 });
        await open();
        expect(await axeFindings(page, "#root")).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      }
    }
  });
});

const rest = (): string[] => BOARDS.slice(1);

async function open(): Promise<void> {
  await page.goto(dashboard.url);
  await shown();
}

/** Opens the page with a clock that goes on only by `runFor`. */
async function openPaused(): Promise<void> {
  const now = Date.now();
  await page.clock.install({ time: now });
  await open();
  await page.clock.pauseAt(now + 60_000);
  await expect.poll(() => answered === asked.length).toBe(true);
}

/** Waits until each widget of the board has its answer. */
async function shown(): Promise<void> {
  await page
    .locator(".trend")
    .nth(WIDGETS - 1)
    .waitFor();
}

async function show(board: string): Promise<void> {
  await page.getByRole("button", { name: board, exact: true }).click();
  await page.getByRole("heading", { name: board, exact: true }).waitFor();
  await shown();
}

/** Lets time pass until each widget has polled once more, and has its answer. */
async function pollAll(): Promise<void> {
  const before = answered;
  await page.clock.runFor(A_POLL);
  await expect.poll(() => answered >= before + WIDGETS && answered === asked.length, { timeout: 30_000 }).toBe(true);
}

/** As if another tab of the browser were in front. */
async function hide(isHidden: boolean): Promise<void> {
  await page.evaluate(
    (state) => {
      Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
      Object.defineProperty(document, "hidden", { value: state === "hidden", configurable: true });
      document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    },
    isHidden ? "hidden" : "visible",
  );
}

interface Tile {
  readonly id: string;
  readonly points: string;
  readonly drawn: number;
}

function tiles(): Promise<Tile[]> {
  return page.locator(".widget").evaluateAll((elements) =>
    elements.map((element) => ({
      id: element.getAttribute("data-widget") ?? "",
      points: element.querySelector("polyline")?.getAttribute("points") ?? "",
      drawn: Number(/\d+/.exec(element.querySelector(".drawn")?.textContent ?? "")?.[0]),
    })),
  );
}

function advice(): Locator {
  return page.getByRole("region", { name: "Advice" });
}

async function hitRatio(): Promise<string | null> {
  return page.getByTestId("hit-ratio").textContent();
}
