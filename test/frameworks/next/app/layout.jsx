import Link from "next/link";
import { Suspense } from "react";
import { Providers } from "../shared/providers.jsx";

export const metadata = { title: "Films", icons: "data:," };

export default function Layout({ children }) {
  return (
    <html lang="en">
      <body>
        <Link id="to-streamed" href="/streamed" prefetch={false}>
          Streamed
        </Link>
        <Providers>
          <Suspense fallback={<p>A page is on its way</p>}>{children}</Suspense>
        </Providers>
      </body>
    </html>
  );
}
