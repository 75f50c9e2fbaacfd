import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { lazy, version } from "react";
import { renderToPipeableStream, renderToString } from "react-dom/server";
import { App, Page } from "./app.tsx";
import { Details } from "./details.tsx";
import type { Load } from "./line.tsx";
import { createClient, SentPage } from "./sent.tsx";

/** What rendering did besides HTML. */
const report = { loads: 0, timers: 0 };
for (const name of ["setTimeout", "setInterval"] as const) {
  const set: (...args: never[]) => unknown = globalThis[name];
  const count = (...args: never[]): unknown => {
    report.timers++;
    return set(...args);
  };
  Object.assign(globalThis, { [name]: count });
}
const load: Load = () => {
  report.loads++;
  return "from the server";
};

/** Ends the wait of every page that has sent its first part. */
let release: () => void = () => undefined;
let released = new Promise<void>((resolve) => (release = resolve));

function head(response: ServerResponse): string {
  const nonce = randomBytes(16).toString("base64");
  const policy = `default-src 'none'; script-src 'nonce-${nonce}' 'strict-dynamic'; connect-src 'self'; img-src data:`;
  response.setHeader("content-type", "text/html; charset=utf-8");
  response.setHeader("content-security-policy", `${policy}; base-uri 'none'; form-action 'none'`);
  return nonce;
}

/** React 18 gives its nonce only to inline scripts. */
const bootstrap = version.startsWith("18.")
  ? { bootstrapScriptContent: 'import("/client.js")' }
  : { bootstrapModules: ["/client.js"] };

function stream(response: ServerResponse): void {
  const nonce = head(response);
  const Late = lazy(async () => {
    await released;
    return { default: Details };
  });
  const { pipe } = renderToPipeableStream(<Page load={load} Details={Late} />, {
    nonce,
    ...bootstrap,
    onShellReady: () => pipe(response),
    // Also called for a page that was closed before its second part.
    onError: () => void response.destroy(),
  });
}

/** A page whose parts bring their data along; `fails` says whether the late load does. */
async function sent(response: ServerResponse, fails = false): Promise<void> {
  const nonce = head(response);
  const client = createClient();
  response.once("close", () => client.dispose());
  const loadSent: Load = async (key, context) => {
    await load(key, context);
    if (key[0] === "film") return "from the server";
    await released;
    if (fails) throw new Error("a secret of the server");
    return "</script><script>hacked = true</script>";
  };
  await client.prefetchQuery(["film", 1], loadSent);
  const { pipe } = renderToPipeableStream(<SentPage client={client} load={loadSent} />, {
    nonce,
    ...bootstrap,
    onShellReady: () => pipe(response),
    // The page comes without what failed.
    onError: () => "failed",
  });
}

function string(response: ServerResponse): void {
  const nonce = head(response);
  const html = renderToString(<App load={load} Details={Details} />);
  response.end(`<!doctype html><html lang="en"><head><title>In one part</title><link rel="icon" href="data:,"></head>
<body><div id="root">${html}</div><script type="module" src="/client.js" nonce="${nonce}"></script></body></html>`);
}

async function file(path: string, response: ServerResponse): Promise<void> {
  const body = await readFile(join(__dirname, path));
  response.setHeader("content-type", "text/javascript");
  response.end(body);
}

const routes: Record<string, (response: ServerResponse) => void> = {
  "/stream": stream,
  "/string": string,
  "/sent": (response) => void sent(response),
  "/sent-failing": (response) => void sent(response, true),
  "/sent-stored": (response) => void sent(response),
  "/sent-restored": (response) => void sent(response),
  "/report": (response) => response.end(JSON.stringify(report)),
  "/release": (response) => {
    release();
    released = new Promise((resolve) => (release = resolve));
    response.end();
  },
  "/stop": (response) => {
    response.end();
    server.close();
    server.closeIdleConnections();
  },
};

const server = createServer((request, response) => {
  const path = request.url ?? "/";
  const route = routes[path];
  if (route) route(response);
  else file(path, response).catch(() => response.writeHead(404).end());
});
server.listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
