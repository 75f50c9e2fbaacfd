import { createRoot } from "react-dom/client";
import { App } from "./readme-app.tsx";

// The README asks an API that this folder does not have.
const send = globalThis.fetch;
globalThis.fetch = (address, options) => send(address === "/api/films/1" ? "./film.json" : address, options);

createRoot(document.body).render(<App />);
