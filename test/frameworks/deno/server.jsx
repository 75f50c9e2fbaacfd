import { readFile } from "node:fs/promises";
import { respond } from "./shared/respond.jsx";

export default {
  async fetch(request) {
    if (new URL(request.url).pathname === "/") return respond();
    return new Response(await readFile("dist/page.js"), { headers: { "content-type": "text/javascript" } });
  },
};
