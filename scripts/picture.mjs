// npm run picture: drives the explorer for a minute and takes the README's picture of the panel, light and dark.
import { chromium } from "playwright";
import { createServer } from "vite";
import { findChromium } from "./chromium.mjs";
import { ensureChromium, ensureDependencies } from "./setup.mjs";

ensureDependencies();
ensureChromium();

const SEARCHES = ["star", "war", "love", "star", "the", "love", "night", "star"];

const server = await createServer({ configFile: "examples/explorer/vite.config.ts", server: { port: 0, watch: null } });
await server.listen();
const [url = ""] = server.resolvedUrls?.local ?? [];
const browser = await chromium.launch({ executablePath: findChromium(), args: ["--no-sandbox", "--disable-gpu"] });

async function picture(colorScheme, path) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    deviceScaleFactor: 1.5,
    colorScheme,
  });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByText("8", { exact: true }).first().click();
  await page.getByRole("separator").focus();
  for (let step = 0; step < 12; step++) await page.keyboard.press("ArrowUp");
  for (const search of SEARCHES) {
    await page.getByRole("searchbox").fill(search);
    // People read before they type on; the charts show the pauses.
    await page.waitForTimeout(1_700);
    await page.getByRole("link", { name: "Next" }).press("Enter");
    await page.waitForTimeout(1_700);
  }
  await page.getByRole("complementary").screenshot({ path });
  await context.close();
}

await picture("light", "docs/panel-light.png");
await picture("dark", "docs/panel-dark.png");
await browser.close();
await server.close();
