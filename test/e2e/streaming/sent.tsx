import { QueryClient } from "macho-cache/query";
import { DehydratedScript, MachoProvider } from "macho-cache/react";
import { type ReactElement, type ReactNode, StrictMode, Suspense } from "react";
import { Line, type Load } from "./line.tsx";

export interface SentProps {
  client: QueryClient;
  load: Load;
}

export function createClient(): QueryClient {
  return new QueryClient({ cache: { maxCacheSize: 50, ttl: 60_000 } });
}

/** A document whose parts each bring the data of their lines along. */
export function SentPage({ client, load }: SentProps): ReactElement {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <title>Sent along</title>
        <link rel="icon" href="data:," />
      </head>
      <body>
        <StrictMode>
          <MachoProvider client={client}>
            <main>
              <Line place="shell" kind="film" id={1} load={load} />
              <DehydratedScript />
              <Late>
                {/* Beside the line: it waits for the line's load. */}
                <Line place="details" kind="review" id={1} load={load} suspense />
                <DehydratedScript queryKey={["review", 1]} />
              </Late>
              <Late>
                <Waiting load={load} />
              </Late>
            </main>
          </MachoProvider>
        </StrictMode>
      </body>
    </html>
  );
}

function Late({ children }: { children: ReactNode }): ReactElement {
  return <Suspense fallback={<p>a part is on its way</p>}>{children}</Suspense>;
}

/** Below the line: it is rendered when the data is there. */
function Waiting({ load }: { load: Load }): ReactElement {
  return (
    <>
      <Line place="details" kind="review" id={2} load={load} suspense />
      <Line place="details" kind="film" id={1} load={load} suspense />
      <DehydratedScript queryKey={["review", 2]} exact />
    </>
  );
}
