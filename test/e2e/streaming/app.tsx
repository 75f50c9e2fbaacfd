import { MachoProvider } from "macho-cache/react";
import { type ComponentType, type ReactElement, StrictMode, Suspense } from "react";
import { Line, type Load } from "./line.tsx";

export interface AppProps {
  load: Load;
  /** Lazy, where the page comes in two parts. */
  Details: ComponentType<{ load: Load }>;
}

export function App({ load, Details }: AppProps): ReactElement {
  return (
    <StrictMode>
      <MachoProvider cache={{ maxCacheSize: 50, ttl: 60_000 }}>
        <main>
          <Line place="shell" kind="film" id={1} load={load} />
          <Line place="shell" kind="film" id={2} load={load} />
          <Suspense fallback={<p>details are on their way</p>}>
            <Details load={load} />
          </Suspense>
        </main>
      </MachoProvider>
    </StrictMode>
  );
}

/** The app as a whole document. */
export function Page(props: AppProps): ReactElement {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <title>Streamed</title>
        <link rel="icon" href="data:," />
      </head>
      <body>
        <App {...props} />
      </body>
    </html>
  );
}
