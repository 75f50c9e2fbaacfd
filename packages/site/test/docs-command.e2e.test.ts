import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, beforeAll, expect, test } from "vitest";
import { buildSiteOnce } from "../../../scripts/site.mjs";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const running: ChildProcess[] = [];

beforeAll(() => buildSiteOnce());

afterEach(async () => {
  for (const child of running.splice(0)) {
    // The command and the server that it started are a group of their own.
    const ended = once(child, "exit");
    process.kill(-child.pid!, "SIGTERM");
    await ended;
  }
});

/** Runs `npm run docs` with arguments. Gives what it printed by the time it serves or ends. */
async function docs(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, ["scripts/docs.mjs", ...args], { cwd: ROOT, detached: true });
  let printed = "";
  await new Promise<void>((resolve) => {
    const print = (text: Buffer): void => {
      printed += String(text);
      if (!printed.includes("served at")) return;
      running.push(child);
      resolve();
    };
    child.stdout.on("data", print);
    child.stderr.on("data", print);
    child.once("exit", () => resolve());
  });
  return printed;
}

test("npm run docs serves the pages, the explorer beside them, and a page for what is not there", async () => {
  const taken = createServer().listen(0);
  await once(taken, "listening");
  const { port } = taken.address() as AddressInfo;
  const [address = ""] = /http:\S+/.exec(await docs("--port", String(port))) ?? [];
  // The port is taken, so the next one that is free is used.
  expect(Number(new URL(address).port)).toBeGreaterThan(port);
  await expect(textAt(`${address}queries`)).resolves.toContain("<h1");
  await expect(textAt(`${address}explorer/`)).resolves.toContain("Film explorer");
  const missing = await fetch(`${address}no-such-page`);
  expect(missing.status).toBe(404);
  expect(await missing.text()).toContain("404");
  taken.close();
});

const textAt = async (address: string): Promise<string> => (await fetch(address)).text();

test("an argument that it does not know is told with those that it knows", async () => {
  expect(await docs("serve")).toBe('npm run docs takes "build" or "--port 8080", got "serve".\n');
  expect(await docs("--port", "many")).toBe('npm run docs takes "build" or "--port 8080", got "--port many".\n');
});
