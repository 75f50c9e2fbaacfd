import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { type Browser, chromium } from "playwright";
import { CHROMIUM_FLAGS, chromiumPath } from "../../../../test/support/chromium.ts";

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** A Chromium whose debugger listens at a port. */
export async function startChromium(): Promise<{ readonly port: number; readonly browser: Browser }> {
  const port = await freePort();
  const args = [...CHROMIUM_FLAGS, `--remote-debugging-port=${port}`];
  return { port, browser: await chromium.launch({ executablePath: chromiumPath(), args }) };
}

/** A Node server whose debugger listens at a port. */
interface Server {
  readonly port: number;
  readonly process: ChildProcess;
  readonly stop: () => Promise<void>;
}

/** A Node server whose debugger listens at a port that is free, once it is ready. */
export async function startServer(folder: string, ...args: string[]): Promise<Server> {
  return startServerAt(await freePort(), folder, ...args);
}

/** The same at a port. */
export async function startServerAt(port: number, folder: string, ...args: string[]): Promise<Server> {
  const child = spawn(process.execPath, [`--inspect=127.0.0.1:${port}`, join(folder, "server.js"), ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  let complaints = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (complaints += text));
  const ended = once(child, "exit").then(() => {
    throw new Error(`The server has ended:\n${complaints}`);
  });
  await Promise.race([once(child.stdout, "data"), ended]);
  ended.catch(() => undefined);
  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  return { port, process: child, stop };
}
