import { createRootRouteWithContext, HeadContent, Link, Outlet, Scripts } from "@tanstack/react-router";

export const Route = createRootRouteWithContext()({
  head: () => ({
    meta: [{ charSet: "utf-8" }, { title: "Films" }],
    links: [{ rel: "icon", href: "data:," }],
  }),
  component: Root,
});

function Root() {
  return (
    <html lang="en">
      <head>
        <HeadContent />
      </head>
      <body>
        <Link id="to-streamed" to="/streamed">
          Streamed
        </Link>
        <Outlet />
        <Scripts />
      </body>
    </html>
  );
}
