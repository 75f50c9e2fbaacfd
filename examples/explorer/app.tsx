import { MachoDevtools } from "macho-cache/devtools";
import { MachoProvider } from "macho-cache/react";
import { type ReactElement, useEffect, useRef, useState } from "react";
import { type CacheSize, createClient } from "./client.ts";
import { LabBar } from "./components/lab-bar.tsx";
import { TopBar } from "./components/top-bar.tsx";
import { DetailPage } from "./pages/detail.tsx";
import { FaultsPage } from "./pages/faults.tsx";
import { ListPage } from "./pages/list.tsx";
import { filmsHref, type Route, useRoute } from "./router.ts";
import { useTraffic } from "./traffic.ts";

const FIRST_SIZE: CacheSize = 50;

export function App(): ReactElement {
  const [cacheSize, setCacheSize] = useState<CacheSize>(FIRST_SIZE);
  const [client, setClient] = useState(() => createClient(FIRST_SIZE));
  const [prefetches, setPrefetches] = useState(false);
  const traffic = useTraffic();
  const route = useRoute();

  function chooseSize(size: CacheSize): void {
    setCacheSize(size);
    setClient(createClient(size));
  }

  return (
    <>
      <TopBar traffic={traffic} client={route.page === "faults" ? undefined : client} />
      {route.page !== "faults" && (
        <LabBar
          controls={traffic?.controls}
          cacheSize={cacheSize}
          onCacheSize={chooseSize}
          prefetches={prefetches}
          onPrefetches={setPrefetches}
        />
      )}
      <MachoProvider key={cacheSize} client={client}>
        <Pages route={route} prefetches={prefetches} />
        {route.page !== "faults" && <MachoDevtools initialIsOpen name="Film explorer" />}
      </MachoProvider>
    </>
  );
}

function Pages({ route, prefetches }: { route: Route; prefetches: boolean }): ReactElement {
  const main = useRef<HTMLElement>(null);
  const listHref = useLastListHref(route);
  useFocusOnNewPage(route, main);
  return (
    <main ref={main} tabIndex={-1}>
      {route.page === "film" && <DetailPage id={route.id} listHref={listHref} />}
      {route.page === "films" && <ListPage filter={route.filter} prefetches={prefetches} />}
      {route.page === "faults" && <FaultsPage key={route.id} id={route.id} />}
    </main>
  );
}

/** Where the list was left, for the way back from a film. */
function useLastListHref(route: Route): string {
  const href = route.page === "films" ? filmsHref(route.filter) : undefined;
  const [last, setLast] = useState(href ?? "#/films");
  if (href !== undefined && href !== last) setLast(href);
  return href ?? last;
}

/** A link that changes the page without loading one must move the focus, and the top of the page, by itself. */
function useFocusOnNewPage(route: Route, main: { current: HTMLElement | null }): void {
  const place = route.page === "film" ? `film ${route.id}` : route.page;
  const last = useRef(place);
  useEffect(() => {
    if (last.current === place) return;
    last.current = place;
    main.current?.focus({ preventScroll: true });
    if (place !== "films") scrollTo({ top: 0 });
  }, [place, main]);
}
