/** @jsxImportSource preact */
import type { FunctionComponent } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";
import { loadLateStyle } from "./styles.ts";

/** What a page that is loaded late needs besides its own properties. */
interface LazyProps {
  addStyle: AddStyle;
}

/** Adds rules to the panel, each text once. */
type AddStyle = (style: string) => void;

/** A page, and what loads its code ahead of its first showing. */
export type LazyPage<P extends object> = FunctionComponent<P & LazyProps> & { readonly load?: () => Promise<unknown> };

/** Code that is loaded late, and the rules that it needs. */
export async function withStyle<T>(code: Promise<T>): Promise<{ readonly code: T; readonly style: string }> {
  const [loaded, style] = await Promise.all([code, loadLateStyle()]);
  return { code: loaded, style };
}

type Loaded<P> = Awaited<ReturnType<typeof withStyle<FunctionComponent<P>>>>;

/** A page whose code is loaded when it is first shown. */
export function lazyPage<P extends object>(load: () => Promise<FunctionComponent<P>>): LazyPage<P> {
  // Kept, so that the page shows at once when it is opened again.
  let loaded: Loaded<P> | undefined;
  const loadOnce = async (): Promise<Loaded<P>> => (loaded ??= await withStyle(load()));
  const Page: FunctionComponent<P & LazyProps> = (props) => {
    const [page, setPage] = useState<Loaded<P> | "failed" | undefined>(loaded);
    // Before the panel is painted without it: an effect would come a frame later.
    useLayoutEffect(() => {
      if (page) return undefined;
      let gone = false;
      const show = (next: Loaded<P> | "failed"): void => void (gone || setPage(next));
      loadOnce().then(show, () => show("failed"));
      return () => void (gone = true);
    }, []);
    if (page === "failed")
      return <p class="empty">The page could not be loaded. Go to another page and back to try again.</p>;
    if (!page) return <p class="empty" />;
    props.addStyle(page.style);
    return <page.code {...props} />;
  };
  return Object.assign(Page, { load: loadOnce });
}
