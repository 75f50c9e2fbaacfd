import { hydrateScripts, QueryClient } from "macho-cache/query";
import { hydrateRoot } from "react-dom/client";
import { Films } from "./films.jsx";
import { Providers } from "./providers.jsx";

const client = new QueryClient();
hydrateScripts(client);
hydrateRoot(
  document.getElementById("root"),
  <Providers client={client}>
    <Films />
  </Providers>,
);
