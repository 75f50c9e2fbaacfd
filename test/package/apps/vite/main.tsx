import { MachoDevtools } from "macho-cache/devtools";
import { MachoProvider, useCachedQuery } from "macho-cache/react";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

function Greeting() {
  const { data, isPending } = useCachedQuery(["greeting", "Ada"], ([, name]) => Promise.resolve(`Hello, ${name}`));
  return <p id="answer">{isPending ? "..." : data}</p>;
}

createRoot(document.getElementById("root") as HTMLElement).render(
  <StrictMode>
    <MachoProvider cache={{ maxCacheSize: 50 }}>
      <Greeting />
      <MachoDevtools initialIsOpen />
    </MachoProvider>
  </StrictMode>,
);
