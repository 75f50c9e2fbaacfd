import { Link, Links, Meta, Outlet, Scripts, ScrollRestoration } from "react-router";
import { Providers } from "../shared/providers.jsx";

export const links = () => [{ rel: "icon", href: "data:," }];

export function Layout({ children }) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <title>Films</title>
        <Meta />
        <Links />
      </head>
      <body>
        {children}
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}

export default function Root() {
  return (
    <Providers>
      <Link id="to-streamed" to="/streamed">
        Streamed
      </Link>
      <Outlet />
    </Providers>
  );
}
