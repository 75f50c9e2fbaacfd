import { DehydratedScript, useCachedQuery, useCachedSubscription } from "macho-cache/react";
import type { ReactElement } from "react";
import { type Visitor, visitorKey } from "../keys.ts";
import { follow } from "../router.ts";

/** Who is here, and what the server counted. */
export function TopBar(): ReactElement {
  const { data: visitor } = useCachedQuery<Visitor>(visitorKey);
  const { data: requests } = useCachedSubscription<number, string>("traffic", (_key, source) => {
    const events = new EventSource("/api/traffic");
    events.addEventListener("message", (event) => source.next(Number(event.data)));
    return () => events.close();
  });
  return (
    <header>
      <a href="/" onClick={follow}>
        Countries
      </a>
      <p>{visitor && `Hello, ${visitor.name}`}</p>
      <p>
        Requests that reached the API: <output>{requests ?? "…"}</output>
      </p>
      <DehydratedScript queryKey={visitorKey} exact />
    </header>
  );
}
