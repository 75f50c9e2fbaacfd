import { expect, test } from "vitest";
import { launch, page, panel, row, statistics, tab, useFixture } from "./fixture/panel-driver.ts";

useFixture();

/** Adds a dialog with a button, and opens it as a modal one. */
async function openDialog(id: string, style: Record<string, string> = {}): Promise<void> {
  await page.evaluate(
    ([name, rules]) => {
      const dialog = document.createElement("dialog");
      dialog.id = name;
      Object.assign(dialog.style, rules);
      dialog.append(document.createElement("button"));
      document.querySelector("main")!.append(dialog);
      dialog.showModal();
    },
    [id, style] as const,
  );
}

const parentOfHost = (): Promise<string> =>
  page.evaluate(() => {
    const parent = document.querySelector("macho-devtools")?.parentElement;
    return parent ? parent.id || parent.localName : "nowhere";
  });

test("stays in reach while a modal dialog is open, at the place where it was", async () => {
  await launch(30);
  const before = await panel().boundingBox();
  await openDialog("first", { transform: "translateY(40px)", overflow: "hidden" });
  await expect.poll(parentOfHost).toBe("first");
  expect(await panel().boundingBox()).toEqual(before);
  await tab("Entries").click({ timeout: 20_000 });
  await row("user:3").click();
  await page.getByRole("heading", { name: "user:3", exact: true }).waitFor();
  await page.evaluate(() => document.querySelector("dialog")!.close());
  await expect.poll(parentOfHost).toBe("html");
  expect(await panel().boundingBox()).toEqual(before);
  await page.getByRole("heading", { name: "user:3", exact: true }).waitFor();
  // The room at the end of the page is there again.
  expect(await page.evaluate(() => document.querySelector("macho-devtools")!.getBoundingClientRect().height)).toBe(
    before!.height,
  );
});

test("follows into the dialog that was opened last, and leaves a dialog that is taken away", async () => {
  await launch(3);
  await openDialog("first");
  await openDialog("second");
  await expect.poll(parentOfHost).toBe("second");
  await statistics("General");
  await page.evaluate(() => document.querySelector("#second")!.remove());
  await expect.poll(parentOfHost).toBe("first");
  await statistics("Latency");
  await page.evaluate(() => document.querySelector("#first")!.replaceChildren());
  await tab("Entries").click({ timeout: 20_000 });
  await page.evaluate(() => document.querySelector("#first")!.remove());
  await expect.poll(parentOfHost).toBe("html");
  await row("user:1").click({ timeout: 20_000 });
});

test("opens by its toggle inside a dialog, and closes on Escape without closing the dialog", async () => {
  await page.evaluate(() => void window.fixture.mountDevtools(new window.fixture.Cache()));
  await openDialog("first");
  await page.getByRole("button", { name: "Open Macho devtools" }).click({ timeout: 20_000 });
  await panel().waitFor();
  await page.keyboard.press("Escape");
  expect(await panel().count()).toBe(0);
  expect(await page.evaluate(() => document.querySelector("dialog")!.open)).toBe(true);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  expect(await page.evaluate(() => document.querySelector("dialog")!.open)).toBe(false);
});

test("is mounted into a dialog that is open already, and leaves nothing in it", async () => {
  await openDialog("first");
  await page.evaluate(() => {
    const { Cache, launchDashboard } = window.fixture;
    Object.assign(window, { undo: launchDashboard(new Cache()) });
  });
  await tab("Entries").click({ timeout: 20_000 });
  expect(await parentOfHost()).toBe("first");
  await page.evaluate(() => (window as unknown as { undo: () => void }).undo());
  expect(await parentOfHost()).toBe("nowhere");
  await page.evaluate(() => document.querySelector("dialog")!.close());
  expect(await parentOfHost()).toBe("nowhere");
});

test("stays in sight over an element that fills the screen, and goes back with it", async () => {
  await launch(3);
  const isHit = (): Promise<boolean> =>
    page.evaluate(() => {
      const { left, top } = document
        .querySelector("macho-devtools")!
        .shadowRoot!.querySelector(".panel")!
        .getBoundingClientRect();
      return document.elementFromPoint(left + 20, top + 20)?.localName === "macho-devtools";
    });
  expect(await isHit()).toBe(true);
  await page.evaluate(() => {
    const app = document.createElement("div");
    Object.assign(app.style, { background: "white", color: "black" });
    app.addEventListener("click", () => void app.requestFullscreen());
    app.textContent = "Fill the screen";
    document.querySelector("main")!.prepend(app);
  });
  await page.getByText("Fill the screen").click();
  await page.waitForFunction(() => document.fullscreenElement !== null);
  await expect.poll(isHit).toBe(true);
  await tab("Entries").click({ timeout: 20_000 });
  await row("user:1").waitFor();
  await page.evaluate(() => document.exitFullscreen());
  await expect.poll(parentOfHost).toBe("html");
  await expect.poll(isHit).toBe(true);
});

test("stays in the window of a page whose root is transformed, which scrolls, and leaves it room", async () => {
  await launch(3);
  const before = await panel().boundingBox();
  await page.evaluate(() => {
    document.body.style.minHeight = "3000px";
    document.documentElement.style.transform = "translateZ(0)";
  });
  await expect
    .poll(() => page.evaluate(() => document.querySelector<HTMLElement>("macho-devtools")!.popover))
    .toBe("manual");
  await page.evaluate(() => scrollTo(0, 700));
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(700);
  expect(await panel().boundingBox()).toEqual(before);
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).marginBottom)).toBe(
    `${before!.height}px`,
  );
  await page.getByRole("button", { name: "Close", exact: true }).click();
  expect(await page.evaluate(() => getComputedStyle(document.documentElement).marginBottom)).toBe("0px");
  const toggle = (await page.getByRole("button", { name: "Open Macho devtools" }).boundingBox())!;
  expect(toggle.y + toggle.height).toBeLessThanOrEqual(780);
  expect(toggle.y).toBeGreaterThan(700);
  await page.evaluate(() => document.documentElement.removeAttribute("style"));
  await expect
    .poll(() => page.evaluate(() => document.querySelector<HTMLElement>("macho-devtools")!.popover))
    .toBe(null);
});
