import { MachoDevtools } from "macho-cache/devtools";
import { MachoProvider } from "macho-cache/react";
import { type ReactElement, useEffect, useRef, useState } from "react";
import type { CacheSize } from "./client.ts";
import { LabBar } from "./components/lab-bar.tsx";
import { TopBar } from "./components/top-bar.tsx";
import { DetailPage } from "./pages/detail.tsx";
import { FaultsPage } from "./pages/faults.tsx";
import { ListPage } from "./pages/list.tsx";
import { keepsAnswers, openSession, rememberChoice, type Session } from "./session.ts";
import { filmsHref, type Route, useRoute } from "./router.ts";
import { useTraffic } from "./traffic.ts";

const FIRST_SIZE: CacheSize = 50;
// Not while it renders, which StrictMode does twice: one of two persisted clients would be left behind.
const FIRST = openSession(FIRST_SIZE, keepsAnswers());

export function App(): ReactElement {
  const [cacheSize, setCacheSize] = useState<CacheSize>(FIRST_SIZE);
  const [session, setSession] = useState(FIRST);
  const [said, say] = useState("");
  const [prefetches, setPrefetches] = useState(false);
  const traffic = useTraffic();
  const route = useRoute();
  const { client, persistence } = session;

  /** Another client in the place of this one. */
  function choose(size: CacheSize, isKept: boolean): void {
    rememberChoice(isKept);
    setCacheSize(size);
    setSession(openSession(size, isKept));
    say("");
  }

  function chooseSize(size: CacheSize): void {
    void persistence?.stop();
    choose(size, persistence !== undefined);
  }

  function chooseKept(isKept: boolean): void {
    void persistence?.stop();
    choose(cacheSize, isKept);
  }

  /** Hooks go to a client that stores nothing first: what they load must not be stored again meanwhile. */
  async function logOut({ persistence: left }: Session): Promise<void> {
    choose(cacheSize, false);
    try {
      await left?.purge();
      say("Nothing is stored any more.");
    } catch (error) {
      say(`What is stored could not be removed: ${String(error)}`);
    }
    await left?.stop();
  }

  return (
    <>
      <TopBar traffic={traffic} client={route.page === "faults" ? undefined : client} />
      {route.page !== "faults" && (
        <LabBar
          controls={traffic?.controls}
          cacheSize={cacheSize}
          onCacheSize={chooseSize}
          keepsAnswers={persistence !== undefined}
          onKeepsAnswers={chooseKept}
          onLogOut={() => void logOut(session)}
          said={said}
          prefetches={prefetches}
          onPrefetches={setPrefetches}
        />
      )}
      <MachoProvider key={`${cacheSize} ${persistence !== undefined}`} client={client}>
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
