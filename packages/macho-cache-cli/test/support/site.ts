import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";

const ROOT = fileURLToPath(new URL("../../../../", import.meta.url));
const FIXTURE = fileURLToPath(new URL("../fixture/", import.meta.url));

/** The fixture's programs, built into a folder that is removed by `remove`. */
export function buildFixture(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(ROOT, ".tmp", "command-"));
  buildSync({
    entryPoints: ["page.ts", "worker.ts", "server.ts"].map((name) => join(FIXTURE, name)),
    bundle: true,
    // As a real app has it: what the command asks for is a chunk of its own.
    splitting: true,
    format: "esm",
    outdir: folder,
    outExtension: { ".js": ".js" },
    external: ["node:*"],
    jsx: "automatic",
    jsxImportSource: "preact",
    tsconfig: join(ROOT, "tsconfig.json"),
    logLevel: "error",
  });
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

const HTML = `<!doctype html><html lang="en"><title>Loading</title><h1>Films</h1><script type="module" src="/page.js"></script></html>`;

/** Serves the fixture on loopback. */
export async function serve(folder: string): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server: Server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    if (extname(path) !== ".js") return void response.writeHead(200, { "content-type": "text/html" }).end(HTML);
    response.writeHead(200, { "content-type": "text/javascript" }).end(readFileSync(join(folder, path)));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const { port } = server.address() as AddressInfo;
  const close = async (): Promise<void> => {
    const closed = new Promise((done) => server.close(done));
    // A browser opens connections ahead, and a server waits for those that never asked for anything.
    server.closeAllConnections();
    await closed;
  };
  return { url: `http://127.0.0.1:${port}/`, close };
}
