import type { QueryClient } from "macho-cache/query";
import { type ReactElement, useCallback, useSyncExternalStore } from "react";
import { faultHref } from "../router.ts";
import type { TrafficNews } from "../traffic.ts";

interface TopBarProps {
  traffic: TrafficNews | undefined;
  /** Whose figures are shown; none on a page that does without the films. */
  client: QueryClient | undefined;
}

export function TopBar({ traffic, client }: TopBarProps): ReactElement {
  return (
    <header className="top-bar">
      <a className="brand" href="#/films">
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <rect width="16" height="16" rx="4" />
          <path d="M6 4.5v7l6-3.5z" />
        </svg>
        Film explorer
      </a>
      <a href={faultHref()}>Planted faults</a>
      {client && (
        <dl className="counters">
          <div>
            <dt>Requests that reached the server</dt>
            <dd data-testid="requests">
              <strong>{traffic?.total ?? "–"}</strong> ({traffic?.aborted ?? "–"} cancelled)
            </dd>
          </div>
          <div>
            <dt>Answers in the cache</dt>
            <dd data-testid="cached">
              <CacheFill client={client} />
            </dd>
          </div>
        </dl>
      )}
    </header>
  );
}

function CacheFill({ client }: { client: QueryClient }): ReactElement {
  const subscribe = useCallback((listener: () => void) => client.cache.subscribe(listener), [client]);
  const size = useSyncExternalStore(subscribe, () => client.cache.size);
  return (
    <>
      <strong>{size}</strong> of {client.cache.options.maxCacheSize.toLocaleString("en")}
    </>
  );
}
