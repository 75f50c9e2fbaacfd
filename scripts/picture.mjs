// npm run picture: lets a planted fault of the explorer run for a minute and takes the README's picture of the panel, light and dark.
import { chromium } from "playwright";
import { createServer } from "vite";
import { findChromium } from "./chromium.mjs";
import { ensureChromium, ensureDependencies } from "./setup.mjs";

ensureDependencies();
ensureChromium();

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
  await page.goto(`${url}#/faults/too-small`);
  // Long enough for the charts to have a shape.
  await page.getByRole("region", { name: "Advice" }).getByText("Too small").waitFor({ timeout: 60_000 });
  await page.waitForTimeout(45_000);
  await page.getByRole("complementary").screenshot({ path });
  await context.close();
}

await picture("light", "docs/panel-light.png");
await picture("dark", "docs/panel-dark.png");
await browser.close();
await server.close();
