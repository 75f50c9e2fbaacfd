/** @jsxImportSource preact */
import type { FunctionComponent } from "preact";
import { useLayoutEffect, useState } from "preact/hooks";

/** A page, and the style that it brings along. */
export interface PageCode<P> {
  readonly Page: FunctionComponent<P>;
  readonly style: string;
}

/** What a page that is loaded late needs besides its own properties. */
interface LazyProps {
  addStyle: (style: string) => void;
}

/** A page, and what loads its code ahead of its first showing. */
export type LazyPage<P extends object> = FunctionComponent<P & LazyProps> & { readonly load?: () => Promise<unknown> };

/** A page whose code is loaded when it is first shown. */
export function lazyPage<P extends object>(load: () => Promise<PageCode<P>>): LazyPage<P> {
  // Kept, so that the page shows at once when it is opened again.
  let loaded: PageCode<P> | undefined;
  const loadOnce = async (): Promise<PageCode<P>> => (loaded ??= await load());
  const Page: FunctionComponent<P & LazyProps> = (props) => {
    const [code, setCode] = useState<PageCode<P> | "failed" | undefined>(() => loaded);
    // Before the panel is painted without it: an effect would come a frame later.
    useLayoutEffect(() => {
      if (code) return undefined;
      let gone = false;
      const show = (next: PageCode<P> | "failed"): void => void (gone || setCode(() => next));
      loadOnce().then(show, () => show("failed"));
      return () => void (gone = true);
    }, []);
    if (code === "failed")
      return <p class="empty">The page could not be loaded. Go to another page and back to try again.</p>;
    if (!code) return <p class="empty" />;
    props.addStyle(code.style);
    return <code.Page {...props} />;
  };
  return Object.assign(Page, { load: loadOnce });
}
