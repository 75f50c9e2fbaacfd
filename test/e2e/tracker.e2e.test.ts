import type { Locator, Page } from "playwright";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Move } from "../../examples/tracker/board.ts";
import { axeFindings } from "../support/axe.ts";
import { useExample } from "./example-app.ts";
import { watchComplaints } from "./explorer-app.ts";

const PATIENCE = 30_000;

interface Log {
  readonly moves: readonly Move[];
  readonly requests: Readonly<Record<string, number>>;
}

const tracker = useExample("tracker", (first) => first.getByRole("heading", { name: "Doing" }));
let page: Page;
let complaints: readonly string[];

describe("the issue tracker", { timeout: 120_000 }, () => {
  beforeEach(async () => {
    await tracker.post("reset");
    page = await tracker.browser.newPage({ viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(PATIENCE);
    complaints = watchComplaints(page, /^Failed to load resource: .* (409|503) /);
  });

  afterEach(async () => {
    await page.close();
    expect(complaints).toEqual([]);
  });

  test("shows a move before the server has answered", async () => {
    await open();
    await hold(true);
    await arrow("Water only at night", "right").click();
    await card("Doing", "Water only at night").getByText("Saving").waitFor();
    expect((await log()).moves).toEqual([]);
    await hold(false);
    await isSaved();
    expect((await log()).moves).toEqual([{ id: 1, status: "doing", before: null }]);
    expect(await titles("Doing")).toContain("Water only at night");
  });

  test("puts a card where it is dropped", async () => {
    await open();
    await card("To do", "Replace the sensor of bed 4").dragTo(card("Doing", "Send an alarm below 4 °C"), {
      targetPosition: { x: 60, y: 5 },
    });
    await isSaved();
    expect((await log()).moves).toEqual([{ id: 4, status: "doing", before: 6 }]);
    expect(await titles("Doing")).toEqual([
      "Replace the sensor of bed 4",
      "Send an alarm below 4 °C",
      "Keep a month of readings",
    ]);
  });

  test("moves a card by the keyboard, and the focus goes along", async () => {
    await open();
    await arrow("Name the beds", "left").focus();
    await page.keyboard.press("Enter");
    await card("Doing", "Name the beds").waitFor();
    expect(await focused()).toBe("Move “Name the beds” left");
    await page.keyboard.press("Enter");
    await card("To do", "Name the beds").waitFor();
    // There is no further column: the card itself has the focus.
    expect(await focused()).toBe("Name the beds");
    await arrow("Name the beds", "up").focus();
    await page.keyboard.press("Enter");
    expect(await focused()).toBe("Move “Name the beds” up");
    await isSaved();
    expect((await titles("To do")).slice(-2)).toEqual(["Name the beds", "Write down how to reset the pump"]);
  });

  test("puts a refused move back in its place, and says why", async () => {
    await open();
    const before = await titles("To do");
    await refuseNext();
    await arrow("Ask before the roof opens", "right").click();
    await page.getByRole("alert").getByText("“Ask before the roof opens” was not moved to Doing.").waitFor();
    expect(await titles("To do")).toEqual(before);
    expect((await log()).moves).toEqual([]);
    await expect.poll(() => page.getByRole("switch", { name: "Refuse the next move" }).isChecked()).toBe(false);
    await page.getByRole("button", { name: "Dismiss" }).click();
    await page.getByText("was not moved").waitFor({ state: "detached" });
  });

  test("keeps the second of two moves that overlap when the first is refused", async () => {
    await open();
    await refuseNext();
    await hold(true);
    await arrow("Water only at night", "right").click();
    await arrow("Show humidity in the app", "right").click();
    expect((await titles("Doing")).slice(-2)).toEqual(["Water only at night", "Show humidity in the app"]);
    await hold(false);
    await page.getByRole("alert").getByText("“Water only at night” was not moved").waitFor();
    await isSaved();
    expect((await titles("To do"))[0]).toBe("Water only at night");
    expect((await titles("Doing")).at(-1)).toBe("Show humidity in the app");
    expect((await log()).moves).toEqual([{ id: 3, status: "doing", before: null }]);
  });

  test("sends the moves that waited offline in their order", async () => {
    await open();
    await page.getByRole("switch", { name: "Offline" }).click();
    await arrow("Water only at night", "right").click();
    await arrow("Name the beds", "left").click();
    await arrow("Water only at night", "right").click();
    await page.getByRole("status").getByText("Offline: 3 moves to be sent.").waitFor();
    await card("Done", "Water only at night").getByText("Waiting").waitFor();
    expect((await log()).moves).toEqual([]);
    await page.getByRole("switch", { name: "Offline" }).click();
    await isSaved();
    expect((await log()).moves).toEqual([
      { id: 1, status: "doing", before: null },
      { id: 9, status: "doing", before: null },
      { id: 1, status: "done", before: null },
    ]);
    expect(await titles("Done")).toEqual(["Move the tomatoes away from the heater", "Water only at night"]);
  });

  test("shows the list of each assignee, with moves under way, and an earlier one without asking", async () => {
    await open();
    await filterBy("Ada");
    await expect.poll(async () => (await log()).requests["GET /api/issues"]).toBe(2);
    await page.locator(".board[aria-busy=false]").waitFor();
    await hold(true);
    await arrow("Replace the sensor of bed 4", "right").click();
    await filterBy("Everybody");
    expect((await titles("Doing")).at(-1)).toBe("Replace the sensor of bed 4");
    expect((await log()).requests["GET /api/issues"]).toBe(2);
    await hold(false);
    await isSaved();
    await filterBy("Ada");
    expect(await titles("Doing")).toEqual(["Keep a month of readings", "Replace the sensor of bed 4"]);
  });

  test("loads an issue when somebody points at its card", async () => {
    await open();
    await page.getByRole("button", { name: "Replace the sensor of bed 4", exact: true }).hover();
    await expect.poll(async () => (await log()).requests["GET /api/issues/4"]).toBe(1);
    await page.getByRole("button", { name: "Replace the sensor of bed 4", exact: true }).click();
    await page.getByRole("dialog").getByText("It says 85 °C.").waitFor();
    expect((await log()).requests["GET /api/issues/4"]).toBe(1);
  });

  test("shows a comment at once, has it wait offline, and gives the text of a failed one back", async () => {
    await open();
    await openIssue("Replace the sensor of bed 4");
    await hold(true);
    await comment("I have a spare one.");
    await comments(["You I have a spare one."]);
    await hold(false);
    await page.keyboard.press("Escape");
    await card("To do", "Replace the sensor of bed 4").getByText("1 comment").waitFor();

    await page.getByRole("switch", { name: "Offline" }).click();
    await openIssue("Replace the sensor of bed 4");
    await comment("It is in the shed.");
    await page.getByRole("dialog").getByText("is sent when the network is back").waitFor();
    await comments(["You I have a spare one.", "You It is in the shed."]);
    await page.keyboard.press("Escape");
    await page.getByRole("switch", { name: "Offline" }).click();
    await card("To do", "Replace the sensor of bed 4").getByText("2 comments").waitFor();

    await openIssue("Replace the sensor of bed 4");
    await page.route("**/comments", (route) => route.fulfill({ status: 503, json: { error: "The disk is full." } }));
    await comment("It works.");
    await page.getByRole("dialog").getByRole("alert").getByText("The disk is full.").waitFor();
    await comments(["You I have a spare one.", "You It is in the shed."]);
    expect(await page.getByRole("textbox", { name: "New comment" }).inputValue()).toBe("It works.");
  });

  test("is accessible, and fits a narrow window, in light and dark", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await open();
      await refuseNext();
      await arrow("Water only at night", "right").click();
      await page.getByRole("alert").getByText("was not moved").waitFor();
      await page.getByRole("switch", { name: "Offline" }).click();
      await arrow("Water only at night", "right").click();
      expect(await axeFindings(page, "#root")).toEqual([]);
      await page.getByRole("switch", { name: "Offline" }).click();
      await openIssue("Send an alarm below 4 °C");
      expect(await axeFindings(page, "dialog")).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      await page.keyboard.press("Escape");
      await isSaved();
      await tracker.post("reset");
    }
  });
});

describe("its server", () => {
  test.each([
    ["moves", { id: 99, status: "done", before: null }, 404],
    ["moves", { id: 1, status: "lost", before: null }, 400],
    ["issues/1/comments", { text: " " }, 400],
    ["issues/99/comments", { text: "Here" }, 404],
  ])("answers /api/%s with %o by %i and a reason", async (path, body, status) => {
    const response = await fetch(`${tracker.url}api/${path}`, { method: "POST", body: JSON.stringify(body) });
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ error: expect.any(String) });
  });
});

async function open(): Promise<void> {
  await page.goto(tracker.url);
  await page.locator(".card").first().waitFor();
}

function column(name: string): Locator {
  return page.getByRole("region", { name });
}

function card(columnName: string, title: string): Locator {
  return column(columnName)
    .getByRole("listitem")
    .filter({ has: page.getByRole("button", { name: title, exact: true }) });
}

function arrow(title: string, direction: string): Locator {
  return page.getByRole("button", { name: `Move “${title}” ${direction}` });
}

/** The cards of a column, in their order. */
function titles(columnName: string): Promise<string[]> {
  return column(columnName).locator(".title").allTextContents();
}

function log(): Promise<Log> {
  return tracker.get<Log>("log");
}

/** Has the server's answers wait, or go. */
function hold(held: boolean): Promise<void> {
  return tracker.post("lab", { held });
}

async function refuseNext(): Promise<void> {
  const control = page.getByRole("switch", { name: "Refuse the next move" });
  await control.click();
  await expect.poll(() => control.isChecked()).toBe(true);
}

async function isSaved(): Promise<void> {
  await page.getByRole("status").getByText("Everything is saved.").waitFor();
}

function focused(): Promise<string | null | undefined> {
  return page.evaluate(() => document.activeElement?.ariaLabel ?? document.activeElement?.textContent);
}

async function filterBy(name: string): Promise<void> {
  await page.getByLabel("Assignee").selectOption(name);
}

async function openIssue(title: string): Promise<void> {
  await page.getByRole("button", { name: title, exact: true }).click();
  await page.getByRole("textbox", { name: "New comment" }).waitFor();
}

async function comment(text: string): Promise<void> {
  await page.getByRole("textbox", { name: "New comment" }).fill(text);
  await page.getByRole("button", { name: "Add" }).click();
}

async function comments(expected: readonly string[]): Promise<void> {
  const list = page.getByRole("list", { name: "Comments" }).getByRole("listitem");
  await expect.poll(() => list.allTextContents(), { timeout: PATIENCE }).toEqual(expected);
}
