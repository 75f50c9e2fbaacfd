"use client";
import { MachoDevtools } from "macho-cache/devtools";
import { QueryClient } from "macho-cache/query";
import { MachoProvider } from "macho-cache/react";
import { useState } from "react";

/** A client for the page; on a server, one for each request. An app that has one already passes it. */
export function Providers({ client: given, children }) {
  const [client] = useState(() => given ?? new QueryClient());
  return (
    <MachoProvider client={client}>
      {children}
      <MachoDevtools />
    </MachoProvider>
  );
}
