import { describe, expect, test } from "vitest";
import { launch, page, panel, row, statistics, tab, useFixture } from "./fixture/panel-driver.ts";

useFixture();

describe("values that throw when they are looked at", () => {
  test("are listed beside the others, and can be opened and removed", async () => {
    await page.evaluate(() => localStorage.setItem("macho-devtools:", '{"page":"entries","height":600}'));
    await launch(0);
    await page.evaluate(() => {
      const { cache } = window;
      const revoked = (): object => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      };
      const refuse = (): never => {
        throw new Error("refused");
      };
      const anyKey = cache as unknown as Map<unknown, unknown>;
      cache.set("plain", 1);
      cache.set("revoked", revoked());
      cache.set("no keys", new Proxy({}, { ownKeys: refuse }));
      cache.set("no iterator", Object.assign([1, 2], { [Symbol.iterator]: refuse }));
      anyKey.set(revoked(), "under a revoked proxy");
      anyKey.set({ valueOf: refuse, toString: refuse, toJSON: refuse }, "under an odd object");
    });
    await page.getByText("6 keys", { exact: true }).waitFor();
    for (const key of ["revoked", "no keys", "no iterator", "(unreadable)", "[object Object]", "plain"]) {
      await row(key).click();
      await page.getByRole("heading", { name: key, exact: true }).waitFor();
      await page.getByRole("treeitem").first().waitFor();
    }
    await row("(unreadable)").click();
    await page.getByRole("button", { name: "Remove" }).click();
    await page.getByText("5 keys", { exact: true }).waitFor();
  });
});

describe("a cache that throws", () => {
  test("is told on the page that reads it; the other pages live, and the page comes back", async () => {
    await launch(3);
    await page.evaluate(() => {
      Object.defineProperty(window.cache, "metrics", {
        configurable: true,
        get() {
          throw new TypeError("no counters today");
        },
      });
    });
    await panel().getByRole("alert").getByText("TypeError: no counters today").waitFor();
    await tab("Entries").click();
    await row("user:1").waitFor();
    await statistics("General");
    await panel().getByRole("alert").waitFor();
    await page.evaluate(() => void Reflect.deleteProperty(window.cache, "metrics"));
    await expect
      .poll(async () => {
        const again = panel().getByRole("button", { name: "Try again" });
        if ((await again.count()) > 0) await again.click();
        return panel().getByRole("region", { name: "Configuration", exact: true }).count();
      })
      .toBe(1);
  });

  test("keeps the entry when it refuses an action, and says so", async () => {
    await page.evaluate(() => localStorage.setItem("macho-devtools:", '{"page":"entries"}'));
    await launch(2);
    await page.evaluate(() => {
      window.cache.delete = () => {
        throw new Error("not now");
      };
    });
    await row("user:1").click();
    await page.getByRole("button", { name: "Remove" }).click();
    await expect
      .poll(() => page.getByRole("tabpanel").getByRole("status").innerText())
      .toBe("Remove failed: Error: not now");
    await row("user:1").waitFor();
  });
});

describe("300,000 keys", () => {
  test("are read in slices, between which the page goes on", async () => {
    await page.evaluate(() => localStorage.setItem("macho-devtools:", '{"page":"entries"}'));
    await launch(0, 300_000);
    await page.evaluate(() => {
      for (let index = 0; index < 300_000; index++) window.cache.set(`key ${index}`, index);
    });
    await page.getByText("the first 10,000 of 300,000 keys", { exact: true }).waitFor();
    const turns = await page.evaluate(async () => {
      const root = document.querySelector("macho-devtools")!.shadowRoot!;
      const filter = root.querySelector<HTMLInputElement>("[type=search]")!;
      filter.value = '"key 29999"';
      filter.dispatchEvent(new Event("input"));
      const channel = new MessageChannel();
      channel.port1.start();
      let count = 0;
      for (; root.querySelector(".total")!.textContent !== "11 of 300,000 keys"; count++) {
        await new Promise((next) => {
          channel.port1.addEventListener("message", next, { once: true });
          channel.port2.postMessage(0);
        });
      }
      return count;
    });
    // In one piece, the walk would leave the page two or three turns.
    expect(turns).toBeGreaterThan(8);
  });
});
