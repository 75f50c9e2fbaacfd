import { hydrateScripts } from "macho-cache/query";
import { StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { createClient } from "./client.ts";
import "./styles.css";

const client = createClient(async (path, signal) => {
  const response = await fetch(path, { signal });
  if (!response.ok) throw new Error(response.status === 404 ? "There is no such thing." : "The server has failed.");
  return response.json() as Promise<unknown>;
});

// What came with the page, and what is to come with its later parts.
hydrateScripts(client);

const styles = document.querySelector("link[rel=stylesheet]")?.getAttribute("href") ?? "";
hydrateRoot(
  document,
  <StrictMode>
    <App client={client} path={location.pathname} styles={styles} />
  </StrictMode>,
);
