import { respond } from "./shared/respond.jsx";

Bun.serve({
  hostname: "127.0.0.1",
  port: process.env.PORT,
  routes: { "/": respond, "/page.js": () => new Response(Bun.file("pages/page.js")) },
});
