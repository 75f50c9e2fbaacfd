import { hydrateScripts } from "macho-cache/query";
import { lazy, version } from "react";
import { hydrateRoot } from "react-dom/client";
import { App, Page } from "./app.tsx";
import { type Load, shown } from "./line.tsx";
import { createClient, SentPage } from "./sent.tsx";
import { persistOther } from "./stored.ts";

const recovered: string[] = [];
Object.assign(window, { version, recovered, shown });

const load: Load = async ([kind, id], { signal }) => (await fetch(`/api/${kind}/${id}`, { signal })).text();
const Details = lazy(async () => ({ default: (await import("./details.tsx")).Details }));

const options = {
  onRecoverableError: (error: unknown) => {
    recovered.push(String(error));
    // React 19 keeps what was thrown in there.
    if (error instanceof Error && error.cause instanceof Error) recovered.push(String(error.cause));
  },
};

// `renderToString` made the content of an element; a stream is the whole document.
const root = document.querySelector("#root");
const Root = root ? App : Page;
if (location.pathname.startsWith("/sent")) {
  const client = createClient();
  if (location.pathname.endsWith("stored")) await persistOther(client, location.pathname === "/sent-restored");
  Object.assign(window, { client });
  hydrateScripts(client);
  hydrateRoot(document, <SentPage client={client} load={load} />, options);
} else {
  hydrateRoot(root ?? document, <Root load={load} Details={Details} />, options);
}
