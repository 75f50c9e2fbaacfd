import type { QueryClient } from "macho-cache/query";
import { MachoProvider } from "macho-cache/react";
import type { ReactElement } from "react";
import { TopBar } from "./components/top-bar.tsx";
import { CountryPage } from "./pages/country.tsx";
import { ListPage } from "./pages/list.tsx";
import { routeOf, usePath } from "./router.ts";

export interface AppProps {
  readonly client: QueryClient;
  /** The path that the page was asked for with. */
  readonly path: string;
  /** The address of the style sheet. */
  readonly styles: string;
}

/** The whole document, rendered by the server and by the page. */
export function App({ client, path, styles }: AppProps): ReactElement {
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href={styles} />
      </head>
      <body>
        <MachoProvider client={client}>
          <TopBar />
          <main>
            <Page first={path} />
          </main>
        </MachoProvider>
      </body>
    </html>
  );
}

function Page({ first }: { first: string }): ReactElement {
  const route = routeOf(usePath(first));
  switch (route?.page) {
    case "list":
      return <ListPage />;
    case "country":
      return <CountryPage key={route.name} name={route.name} />;
    case undefined:
      return <h1>There is no such page</h1>;
  }
}
