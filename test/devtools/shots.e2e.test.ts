import { test } from "vitest";
import { launch, page, panel, reopen, tab, useFixture } from "./fixture/panel-driver.ts";
useFixture();
const pages = (process.env["SHOTS"] ?? "General,Lifespan,Latency,Requests").split(",");
const fills = (process.env["FILLS"] ?? "none,little,many").split(",");
const schemes = (process.env["SCHEMES"] ?? "light").split(",") as ("light" | "dark")[];
for (const colorScheme of schemes)
  for (const width of [1280, 390])
    for (const fill of fills) {
      test(`shots ${width} ${fill} ${colorScheme}`, async () => {
        await reopen({ colorScheme, viewport: { width, height: width === 390 ? 780 : 800 } });
        await page.evaluate(() => localStorage.setItem("macho-devtools:", '{"height":640}'));
        await page.evaluate(
          async ([what]) => {
            const { Cache, launchDashboard } = window.fixture;
            const options =
              what === "many"
                ? { maxCacheSize: 10_000, shardCount: 8, bloom: true, ttl: 60_000 }
                : { maxCacheSize: 20 };
            const cache = new Cache<string, unknown>(options);
            window.cache = cache;
            launchDashboard(cache);
            const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
            if (what === "little") {
              for (let i = 0; i < 9; i++) {
                cache.set(`k${i}`, { i });
                await wait(15 * i);
              }
              for (let i = 0; i < 5; i++) {
                cache.get(`k${i * 2}`);
                cache.delete(`k${i}`);
              }
              for (let i = 0; i < 4; i++)
                await cache.getOrLoad(`l${i}`, async () => {
                  await wait(20 + 30 * i);
                  return i;
                });
            }
            if (what === "many") {
              let s = 1;
              const r = () => (s = (s * 16807) % 2147483647) / 2147483647;
              for (let i = 0; i < 10_000; i++) cache.set(`user:${i}`, { id: i, name: `User ${i}` });
              for (let round = 0; round < 20; round++) {
                for (let i = 0; i < 6_000; i++) {
                  const k = `user:${Math.floor(r() * r() * 14_000)}`;
                  if (cache.get(k) === undefined) cache.set(k, { i });
                }
                await Promise.all(
                  Array.from({ length: 20 }, (_, i) =>
                    cache.getOrLoad(`load:${round}:${i}`, async () => {
                      await wait(Math.exp(2 + 4 * r() * r()));
                      return i;
                    }),
                  ),
                );
              }
            }
            await wait(2200);
          },
          [fill],
        );
        await panel().waitFor();
        for (const name of pages) {
          await tab(name).click();
          await page.waitForTimeout(1100);
          await page.screenshot({ path: `/tmp/shots/${name}-${width}-${fill}-${colorScheme}.png` });
        }
      });
    }
