// npm run picture: lets macho top look at a planted fault of the explorer for a minute, and takes the guide's picture of its screen.
import { createServer as createProbe } from "node:net";
import { once } from "node:events";
import { spawn } from "@lydell/node-pty";
import headless from "@xterm/headless";
import { chromium } from "playwright";
import { createServer } from "vite";
import { findChromium } from "../../../scripts/chromium.mjs";
import { builtCommand } from "../../../scripts/command.mjs";
import { ensureChromium, ensureDependencies } from "../../../scripts/setup.mjs";

const COLUMNS = 96;
const ROWS = 27;
/** Of the letters by their number, and of the screen. */
const PALETTE = { 1: "#ff7b72", 2: "#7ee787", 3: "#e3b341" };
const [INK, PAPER] = ["#e6edf3", "#0d1117"];

ensureDependencies();
ensureChromium();

const probe = createProbe().listen(0, "127.0.0.1");
await once(probe, "listening");
const { port } = probe.address();
probe.close();

const server = await createServer({ configFile: "examples/explorer/vite.config.ts", server: { port: 0, watch: null } });
await server.listen();
const [url = ""] = server.resolvedUrls?.local ?? [];
const args = ["--no-sandbox", "--disable-gpu", `--remote-debugging-port=${port}`];
const browser = await chromium.launch({ executablePath: findChromium(), args });
const page = await browser.newPage();
await page.goto(`${url}#/faults/too-small`);

const terminal = new headless.Terminal({ cols: COLUMNS, rows: ROWS, allowProposedApi: true });
const command = [builtCommand(), "top", "--port", String(port), ...process.argv.slice(2)];
const top = spawn(process.execPath, command, {
  cols: COLUMNS,
  rows: ROWS,
  env: {
    ...process.env,
    CI: "false",
    CONTINUOUS_INTEGRATION: "false",
    NO_COLOR: "",
    FORCE_COLOR: "1",
    TERM: "xterm-256color",
  },
});
top.onData((data) => terminal.write(data));
top.onExit(({ exitCode }) => exitCode !== 0 && process.stderr.write(lines().join("\n")));

function lines() {
  return Array.from({ length: ROWS }, (_, row) => terminal.buffer.active.getLine(row)?.translateToString(true) ?? "");
}

async function shows(words) {
  for (let tries = 0; tries < 240; tries++) {
    if (lines().join("\n").includes(words)) return;
    await new Promise((done) => setTimeout(done, 500));
  }
  throw new Error(`The screen does not show ${words}:\n${lines().join("\n")}`);
}

await shows("Too small");
// Long enough for the line of the hit ratio to have a shape.
await page.waitForTimeout(45_000);
top.write("\u001B[B");
await page.waitForTimeout(1_500);

const picture = await browser.newPage({ deviceScaleFactor: 1.5, viewport: { width: 1_000, height: 800 } });
await picture.setContent(html());
await picture.locator("pre").screenshot({ path: "docs/command-top.png" });
top.write("q");
await browser.close();
await server.close();

/** The screen as a page. */
function html() {
  const rows = Array.from({ length: ROWS - 1 }, (_, row) => rowHtml(terminal.buffer.active.getLine(row)));
  const style = `margin: 0; padding: 14px 18px; width: max-content; background: ${PAPER}; color: ${INK}; font: 14px/1.3 "DejaVu Sans Mono", monospace; border-radius: 8px;`;
  return `<!doctype html><body style="margin: 0; background: transparent"><pre style='${style}'>${rows.join("\n")}</pre>`;
}

function rowHtml(line) {
  const spans = [];
  for (let column = 0; column < COLUMNS; column++) {
    const cell = line.getCell(column);
    if (cell.getWidth() === 0) continue;
    const [style, text] = [styleOf(cell), escaped(cell.getChars() || " ")];
    const last = spans.at(-1);
    if (last?.style === style) last.text += text;
    else spans.push({ style, text });
  }
  return spans.map(({ style, text }) => `<span style="${style}">${text}</span>`).join("");
}

function styleOf(cell) {
  const ink = (cell.isFgPalette() && PALETTE[cell.getFgColor()]) || INK;
  const [color, background] = cell.isInverse() ? [PAPER, ink] : [ink, "transparent"];
  const weight = cell.isBold() ? "font-weight: bold;" : "";
  return `color: ${color}; background: ${background}; ${weight} ${cell.isDim() ? "opacity: 0.6;" : ""}`;
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
