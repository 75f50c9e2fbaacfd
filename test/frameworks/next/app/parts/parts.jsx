"use client";
import { hydrateScripts, QueryClient } from "macho-cache/query";
import { DehydratedScript, MachoProvider } from "macho-cache/react";
import { Suspense, useState } from "react";
import { LateFilm } from "../../shared/late-film.jsx";

/** In a page, it begins with what is in the page. */
function createClient() {
  const client = new QueryClient();
  if (typeof window !== "undefined") hydrateScripts(client);
  return client;
}

export function Parts() {
  const [client] = useState(createClient);
  return (
    <MachoProvider client={client}>
      <Suspense fallback={<p id="late">A film is on its way</p>}>
        <LateFilm id={8} />
        <DehydratedScript queryKey={["film", 8]} />
      </Suspense>
    </MachoProvider>
  );
}
