import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { Films } from "./shared/films.jsx";
import { Providers } from "./shared/providers.jsx";

createRoot(document.getElementById("root")).render(
  <StrictMode>
    <Providers>
      <Films />
    </Providers>
  </StrictMode>,
);
