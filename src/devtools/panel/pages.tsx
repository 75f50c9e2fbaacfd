/** @jsxImportSource preact */
import type { FunctionComponent, JSX } from "preact";
import { useErrorBoundary } from "preact/hooks";
import type { Sampler } from "../sampler.ts";
import type { PageName } from "../settings.ts";
import type { DevtoolsSource } from "../source.ts";
import type { EntriesView } from "./entries-view.ts";
import { lazyPage } from "./lazy-page.tsx";
import { RequestsPage } from "./requests-page.tsx";

/** What a page may show. */
export interface PageProps {
  readonly source: DevtoolsSource;
  readonly sampler: Sampler;
  /** What outlives a close of the panel. */
  readonly memory: { view: EntriesView };
  readonly addStyle: (style: string) => void;
}

// Only the first page is part of the panel's own code.
const PAGES: Readonly<Record<PageName, FunctionComponent<PageProps>>> = {
  requests: RequestsPage,
  entries: lazyPage(async () => (await import("./entries-page.tsx")).entriesPage),
  lifespan: lazyPage(async () => (await import("./lifespan-page.tsx")).lifespanPage),
  latency: lazyPage(async () => (await import("./latency-page.tsx")).latencyPage),
  general: lazyPage(async () => (await import("./general-page.tsx")).generalPage),
};

/** The chosen page, as the panel of its tab. */
export function ChosenPage({ page, ...props }: PageProps & { page: PageName }): JSX.Element {
  return (
    <div class="page" role="tabpanel" id={`page-${page}`} aria-labelledby={`tab-${page}`}>
      <GuardedPage key={page} page={page} {...props} />
    </div>
  );
}

/** What goes wrong on a page is told there; header and other pages live on. */
function GuardedPage({ page, ...props }: PageProps & { page: PageName }): JSX.Element {
  const [error, retry] = useErrorBoundary();
  const Page = PAGES[page];
  if (error === undefined) return <Page {...props} />;
  return (
    <div class="empty" role="alert">
      <p>
        <b>This page cannot be shown.</b>
      </p>
      <p>Something that it reads threw an error:</p>
      <code>{errorWords(error)}</code>
      <p>
        <button type="button" class="button" onClick={retry}>
          Try again
        </button>
      </p>
    </div>
  );
}

/** An error as text, whatever was thrown. */
export function errorWords(error: unknown): string {
  try {
    return String(error).slice(0, 300);
  } catch {
    return "an error that cannot be read";
  }
}
