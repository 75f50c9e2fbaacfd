/** @jsxImportSource preact */
import type { FunctionComponent, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { EntriesProps } from "./entries-page.tsx";

type Loaded = FunctionComponent<EntriesProps> | "failed" | undefined;

// Kept, so that the page shows at once when it is opened again.
let loaded: Loaded;

/** The entry list, whose code is loaded when it is first shown. */
export function LazyEntries(props: EntriesProps): JSX.Element {
  const [Page, setPage] = useState<Loaded>(() => loaded);
  useEffect(() => {
    if (Page) return undefined;
    let gone = false;
    const show = (next: Loaded): void => void (gone || setPage(() => next));
    import("./entries-page.tsx").then(
      ({ EntriesPage }) => show((loaded = EntriesPage)),
      () => show("failed"),
    );
    return () => void (gone = true);
  }, []);
  if (Page === "failed")
    return <p class="empty">The list could not be loaded. Go to another page and back to try again.</p>;
  return Page ? <Page {...props} /> : <p class="empty" />;
}
