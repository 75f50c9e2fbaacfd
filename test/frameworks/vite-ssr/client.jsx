import { hydrateScripts, QueryClient } from "macho-cache/query";
import { hydrateRoot } from "react-dom/client";
import { Page } from "./page.jsx";

const client = new QueryClient();
hydrateScripts(client);
// What stands in the head is the server's alone.
hydrateRoot(document, <Page client={client} path={location.pathname} />);
