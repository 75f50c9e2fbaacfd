import { MachoDevtoolsPanel } from "macho-cache/devtools";
import { DehydratedScript } from "macho-cache/react";
import { StrictMode, Suspense } from "react";
import { Films } from "./shared/films.jsx";
import { LateFilm } from "./shared/late-film.jsx";
import { Providers } from "./shared/providers.jsx";

/** The whole document: on `/` at once, on `/streamed` with a part that comes when its film is there. */
export function Page({ client, path, children }) {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <title>Films</title>
        <link rel="icon" href="data:," />
        {children}
      </head>
      <body>
        <StrictMode>
          <Providers client={client}>
            <Films />
            <DehydratedScript />
            {path === "/streamed" && (
              <Suspense fallback={<p id="late">A film is on its way</p>}>
                <LateFilm id={9} />
                <DehydratedScript queryKey={["film", 9]} />
              </Suspense>
            )}
            {path === "/panel" && <MachoDevtoolsPanel />}
          </Providers>
        </StrictMode>
      </body>
    </html>
  );
}
