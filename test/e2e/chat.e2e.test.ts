import type { Locator, Page } from "playwright";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Log } from "../../examples/chat/server/answers.ts";
import { axeFindings } from "../support/axe.ts";
import { useExample } from "./example-app.ts";
import { watchComplaints } from "./explorer-app.ts";

const PATIENCE = 30_000;
const QUESTION = "Which entry leaves a full cache?";
const WHOLE = /^A full cache has to let something go .* worth more than a cleverer guess\.$/s;

const chat = useExample("chat", (first) => first.getByRole("link", { name: "What is a cache good for?" }));
let page: Page;
let complaints: readonly string[];

describe("the chat", { timeout: 120_000 }, () => {
  beforeEach(async () => {
    await chat.post("reset");
    page = await chat.browser.newPage({ viewport: { width: 1280, height: 800 } });
    page.setDefaultTimeout(PATIENCE);
    complaints = watchComplaints(page, /^Failed to load resource: .*(ERR_INCOMPLETE_CHUNKED_ENCODING| 503 )/);
  });

  afterEach(async () => {
    await page.close();
    expect(complaints).toEqual([]);
  });

  test("shows an answer word by word, and renders the answer alone", async () => {
    await open();
    await hold(true);
    await ask(QUESTION);
    await answer().getByText("…").waitFor();
    await says("The answer is being written.");
    const before = await rendered(page.locator(".figure").last());
    await write(1);
    await shows("A ");
    await write(1);
    await shows("A full ");
    await write(3);
    await shows("A full cache has to ");
    // The conversation is not told of words.
    expect(await rendered(page.locator(".figure").last())).toBe(before);
    expect(await rendered(turn())).toBeGreaterThanOrEqual(3);
    await says("The answer is being written.");
    await hold(false);
    await shows(WHOLE);
    await stopButton().waitFor({ state: "detached" });
    await says(WHOLE);
    expect(await answer().getAttribute("aria-busy")).toBe("false");
  });

  test("shows the question before the server has it, and gives it back when it is refused", async () => {
    await open();
    const reached = page.waitForRequest("**/turns");
    let refuse!: () => void;
    const isRefused = new Promise<void>((resolve) => (refuse = resolve));
    await page.route("**/turns", async (route) => {
      await isRefused;
      await route.fulfill({ status: 503, json: { error: "The model is asleep." } });
    });
    await ask(QUESTION);
    await reached;
    await turn().waitFor();
    expect(await input().inputValue()).toBe("");
    refuse();
    await page.getByRole("alert").getByText("The question was not sent. The model is asleep.").waitFor();
    await turn().waitFor({ state: "detached" });
    expect(await input().inputValue()).toBe(QUESTION);
  });

  test("keeps what came when it is stopped, tells the server, and goes on when asked to", async () => {
    await open();
    await hold(true);
    await ask(QUESTION);
    await write(2);
    await shows("A full ");
    await stopButton().click();
    await turn().getByText("Stopped.").waitFor();
    await shows("A full ");
    await expect.poll(async () => (await log()).left).toBe(1);
    expect((await log()).open).toBe(0);
    // It does not go on by itself when somebody comes back.
    const { requests } = await log();
    await goTo(2);
    await answer().getByText("Data has two ages.").waitFor();
    await page.goBack();
    await turn().getByText("Stopped.").waitFor();
    await shows("A full ");
    expect((await log()).requests).toEqual({
      ...requests,
      ...asked("GET /api/conversations/2/turns", "GET /api/answers/2"),
    });
    await hold(false);
    await page.getByRole("button", { name: "Go on" }).click();
    await shows(WHOLE);
  });

  test("says that the connection broke, and goes on after what came", async () => {
    await open();
    await hold(true);
    await ask(QUESTION);
    await write(3);
    await shows("A full cache ");
    await page.getByRole("button", { name: "Cut the connection" }).click();
    await turn().getByRole("alert").getByText("The connection broke").waitFor();
    await shows("A full cache ");
    await page.getByRole("button", { name: "Try again" }).click();
    await turn().getByRole("alert").waitFor({ state: "detached" });
    await write(1);
    await shows("A full cache has ");
    await hold(false);
    await shows(WHOLE);
    expect((await log()).requests["GET /api/answers/3"]).toBe(2);
  });

  test("shows an earlier conversation at once, without a request", async () => {
    await open();
    await goTo(2);
    await answer().getByText("Data has two ages.").waitFor();
    await expect.poll(async () => (await log()).open).toBe(0);
    const { requests } = await log();
    expect(await goBackAndLook()).toContain("A cache keeps answers that were expensive to get");
    // A request that was on its way would arrive before this one.
    await page.evaluate(async () => (await fetch("/api/conversations")).json());
    expect((await log()).requests).toEqual({
      ...requests,
      "GET /api/conversations": requests["GET /api/conversations"]! + 1,
    });
  });

  test("goes on with an answer, and keeps a draft, while another conversation is shown", async () => {
    await open();
    await hold(true);
    await ask(QUESTION);
    await write(2);
    await shows("A full ");
    await input().fill("And then?");
    await goTo(2);
    await answer().getByText("Data has two ages.").waitFor();
    await hold(false);
    await expect.poll(async () => (await log()).open, { timeout: PATIENCE }).toBe(0);
    expect((await log()).left).toBe(0);
    expect(await goBackAndLook()).toContain("a cleverer guess.");
    expect(await input().inputValue()).toBe("And then?");
  });

  test("names a new conversation after its first question", async () => {
    await open();
    await page.getByRole("button", { name: "New conversation" }).click();
    await page.getByRole("link", { name: "New conversation" }).and(page.locator("[aria-current]")).waitFor();
    await ask(QUESTION);
    await page.getByRole("link", { name: QUESTION }).waitFor();
    await shows(WHOLE);
    await page.reload();
    await shows(WHOLE);
  });

  test("keeps the end in sight, unless somebody reads further up", async () => {
    await page.setViewportSize({ width: 390, height: 500 });
    await open();
    await hold(true);
    await ask(QUESTION);
    await stopButton().waitFor();
    await write(30);
    await shows(/ read for $/);
    await expect.poll(distanceToEnd).toBeLessThan(2);
    await page.locator(".messages").evaluate((element) => element.scrollTo(0, 0));
    await write(10);
    await shows(/ often not $/);
    expect(await page.locator(".messages").evaluate((element) => element.scrollTop)).toBe(0);
    await page.locator(".messages").evaluate((element) => element.scrollTo(0, element.scrollHeight));
    await write(10);
    await expect.poll(distanceToEnd).toBeLessThan(2);
  });

  test("is accessible, and fits a narrow window, in light and dark", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await chat.post("reset");
      await open();
      await hold(true);
      await ask(QUESTION);
      await write(2);
      await shows("A full ");
      expect(await axeFindings(page, "#root")).toEqual([]);
      await page.getByRole("button", { name: "Cut the connection" }).click();
      await turn().getByRole("alert").waitFor();
      expect(await axeFindings(page, "#root")).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    }
  });
});

describe("its server", () => {
  test.each([
    ["GET", "answers/99", 404],
    ["GET", "answers/1?from=-1", 400],
    ["GET", "conversations/99/turns", 404],
    ["POST", "conversations/1/turns", 400],
  ])("answers %s /api/%s by %i and a reason", async (method, path, status) => {
    const body = method === "POST" ? '{"question":" "}' : undefined;
    const response = await fetch(`${chat.url}api/${path}`, { method, ...(body && { body }) });
    expect(response.status).toBe(status);
    expect(await response.json()).toEqual({ error: expect.any(String) });
  });
});

async function open(): Promise<void> {
  await page.goto(chat.url);
  await page.locator(".answer", { hasText: "how many of them fit." }).waitFor();
}

function input(): Locator {
  return page.getByRole("textbox", { name: "Question" });
}

async function ask(question: string): Promise<void> {
  await input().fill(question);
  await input().press("Enter");
}

/** The newest question with its answer. */
function turn(): Locator {
  return page.getByRole("article", { name: QUESTION });
}

function answer(): Locator {
  return page.locator(".answer").last();
}

function stopButton(): Locator {
  return page.getByRole("button", { name: "Stop" });
}

/** What the newest answer shows. */
async function shows(text: string | RegExp): Promise<void> {
  const isShown = async (): Promise<boolean> => {
    const shown = (await answer().textContent()) ?? "";
    return typeof text === "string" ? shown === text : text.test(shown);
  };
  await expect.poll(isShown, { timeout: PATIENCE, message: `the answer is ${text}` }).toBe(true);
}

/** What a screen reader is told of the newest answer. */
async function says(text: string | RegExp): Promise<void> {
  await expect.poll(() => turn().getByRole("status").textContent(), { timeout: PATIENCE }).toMatch(text);
}

async function rendered(within: Locator): Promise<number> {
  return Number(/rendered (\d+) times/.exec((await within.textContent()) ?? "")?.[1]);
}

/** How far the messages are from their end, in px. */
function distanceToEnd(): Promise<number> {
  return page
    .locator(".messages")
    .evaluate((element) => element.scrollHeight - element.scrollTop - element.clientHeight);
}

function log(): Promise<Log> {
  return chat.get<Log>("log");
}

function asked(...paths: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(paths.map((each) => [each, 1]));
}

/** Has the model wait for `write`. */
function hold(held: boolean): Promise<void> {
  return chat.post("lab", { held });
}

function write(count: number): Promise<void> {
  return chat.post("words", { count });
}

async function goTo(conversation: number): Promise<void> {
  await page.locator(`nav a[href="#${conversation}"]`).click();
}

/** What the conversation shows in the first frame after the browser went back. */
function goBackAndLook(): Promise<string> {
  return page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const look = (): void => resolve(document.querySelector(".messages")?.textContent ?? "");
        addEventListener("hashchange", () => requestAnimationFrame(look), { once: true });
        history.back();
      }),
  );
}
