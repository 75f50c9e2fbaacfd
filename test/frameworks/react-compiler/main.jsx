import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { EveryHook } from "./every-hook.jsx";
import { Films } from "./shared/films.jsx";
import { Providers } from "./shared/providers.jsx";

createRoot(document.getElementById("root")).render(
  <StrictMode>
    <Providers>{location.hash === "#every-hook" ? <EveryHook /> : <Films />}</Providers>
  </StrictMode>,
);
