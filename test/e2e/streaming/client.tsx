import { lazy, version } from "react";
import { hydrateRoot } from "react-dom/client";
import { App, Page } from "./app.tsx";
import { type Load, shown } from "./line.tsx";

const recovered: string[] = [];
Object.assign(window, { version, recovered, shown });

const load: Load = async ([kind, id], { signal }) => (await fetch(`/api/${kind}/${id}`, { signal })).text();
const Details = lazy(async () => ({ default: (await import("./details.tsx")).Details }));

// `renderToString` made the content of an element; a stream is the whole document.
const root = document.querySelector("#root");
const Root = root ? App : Page;
hydrateRoot(root ?? document, <Root load={load} Details={Details} />, {
  onRecoverableError: (error) => recovered.push(String(error)),
});
