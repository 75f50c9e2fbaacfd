import { beforeEach, describe, expect, test } from "vitest";
import { launch, page, row, useFixture } from "./fixture/panel-driver.ts";

useFixture();

const pane = () => page.getByRole("region", { name: "Chosen entry" });
const button = (name: string) => page.getByRole("button", { name, exact: true });
const said = () => page.getByRole("tabpanel").getByRole("status");

beforeEach(() => page.evaluate(() => localStorage.setItem("macho-devtools:", '{"page":"entries","height":500}')));

describe("a query that an app shows", () => {
  const output = () => page.locator("output").innerText();

  beforeEach(async () => {
    await page.evaluate(() => {
      const { QueryClient, launchDashboard, renderHook } = window.fixture;
      const client = new QueryClient();
      renderHook({ client, queryKey: "films", load: () => "Alien" });
      Object.assign(window, { unmount: launchDashboard(client) });
    });
    await row("films").click();
    await pane().getByRole("treeitem").getByText('"Alien"').waitFor();
    expect(await output()).toBe('success "Alien"');
  });

  test("shows loading, then an error, and its data again after Restore", async () => {
    await button("Show loading").click();
    expect(await output()).toBe("pending undefined");
    await expect.poll(() => said().innerText()).toContain("Hooks show films as loading until Restore");
    await button("Show error").click();
    expect(await output()).toBe("Error: This error was made in the Macho devtools.");
    await page.getByText("From here: 1 query shown as loading or failed.").waitFor();
    await button("Restore").click();
    expect(await output()).toBe('success "Alien"');
    expect(await page.getByText("From here:").count()).toBe(0);
  });

  test("stays as it is held while the panel is closed, and is let go with the devtools", async () => {
    await button("Show error").click();
    await page.getByRole("button", { name: "Close", exact: true }).click();
    expect(await output()).toContain("Error");
    await page.evaluate(() => (window as unknown as { unmount: () => void }).unmount());
    await expect.poll(output).toBe('success "Alien"');
  });

  test("is let go by Restore all, as is what is pinned", async () => {
    await button("Show loading").click();
    await button("Pin").click();
    await page.getByText("From here: 1 query shown as loading or failed, 1 pin.").waitFor();
    await button("Restore all").click();
    expect(await output()).toBe('success "Alien"');
    await button("Pin").waitFor();
  });
});

test("everything is cleared by a second press, and a single one is forgotten", async () => {
  await launch(3);
  await button("Clear all").click();
  await button("Clear 3 entries?").waitFor();
  await page.getByRole("searchbox").focus();
  await button("Clear all").click();
  expect(await page.evaluate(() => window.cache.size)).toBe(3);
  await button("Clear 3 entries?").click();
  await expect.poll(() => said().innerText()).toBe("Cleared 3 entries.");
  expect(await page.evaluate(() => window.cache.size)).toBe(0);
  expect(await button("Clear all").isDisabled()).toBe(true);
});

test("an entry expires at a press, and is told as expired", async () => {
  await launch(3);
  await row("user:1").click();
  await button("Extend 10 min").click();
  await expect.poll(() => said().innerText()).toBe("The ttl of user:1 begins anew: 10 min from now.");
  await button("Expire now").click();
  await pane().getByText("This entry has left.").waitFor();
  await pane().getByText("expired: past its ttl").waitFor();
});
