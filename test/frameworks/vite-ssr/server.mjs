import { createReadStream, existsSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

const { PORT, MODE } = process.env;

/** In development, Vite serves the sources, and loads the renderer anew when they change. */
async function development() {
  const { createServer: createVite } = await import("vite");
  const vite = await createVite({ server: { middlewareMode: true } });
  return async (request, response) => {
    const { render } = await vite.ssrLoadModule("/render.jsx");
    vite.middlewares(request, response, () =>
      render(request.url, response, ["/@vite/client", "/preamble.js", "/client.jsx"]),
    );
  };
}

async function production() {
  const { render } = await import("./dist/server/render.js");
  const { file } = JSON.parse(readFileSync("dist/client/.vite/manifest.json", "utf8"))["client.jsx"];
  return (request, response) => {
    const asset = join("dist/client", request.url);
    if (!request.url.startsWith("/assets/") || !existsSync(asset)) return render(request.url, response, [`/${file}`]);
    response.setHeader("content-type", "text/javascript");
    return createReadStream(asset).pipe(response);
  };
}

const answer = await (MODE === "production" ? production() : development());
createServer((request, response) => {
  Promise.resolve(answer(request, response)).catch((error) => response.writeHead(500).end(String(error)));
}).listen(Number(PORT), "127.0.0.1");
