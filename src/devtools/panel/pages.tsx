/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { Recording } from "../recording.ts";
import type { Sampler } from "../sampler.ts";
import type { PageName } from "../settings.ts";
import type { DevtoolsSource } from "../source.ts";
import type { Stories } from "../stories.ts";
import type { PanelSetup } from "./setup.ts";
import type { EntriesView, OpenEntries } from "./entries-view.ts";
import { Guarded } from "./guarded.tsx";
import { type LazyPage, lazyPage } from "./lazy-page.tsx";
import { OverviewPage } from "./overview-page.tsx";

/** What a page may show. */
export interface PageProps {
  readonly source: DevtoolsSource;
  readonly sampler: Sampler;
  readonly stories: Stories;
  readonly recording: Recording;
  /** What outlives a close of the panel. */
  readonly memory: { view: Partial<EntriesView> };
  readonly addStyle: (style: string) => void;
  readonly setup: PanelSetup;
  /** Name of the cache that is shown. */
  readonly target: string;
  readonly openEntries: OpenEntries;
  /** Whether the pages stand still. */
  readonly isPaused: boolean;
}

// Only the first page is part of the panel's own code. Pages with like parts are neighbours, as a bundle of one file
// compresses what comes again soon.
const PAGES: Readonly<Record<PageName, LazyPage<PageProps>>> = {
  overview: OverviewPage,
  statistics: lazyPage(async () => (await import("./statistics-page.tsx")).StatisticsPage),
  memory: lazyPage(async () => (await import("./memory-page.tsx")).MemoryPage),
  storage: lazyPage(async () => (await import("./storage-page.tsx")).StoragePage),
  loads: lazyPage(async () => (await import("./loads-page.tsx")).LoadsPage),
  entries: lazyPage(async () => (await import("./entries-page.tsx")).EntriesPage),
  settings: lazyPage(async () => (await import("./settings-page.tsx")).SettingsPage),
};

/** Loads the code of a page that is about to be shown. What fails is told by the page. */
export function loadPage(page: PageName): void {
  PAGES[page].load?.().catch(() => undefined);
}

/** The chosen page, as the panel of its tab. */
export function ChosenPage({ page, ...props }: PageProps & { page: PageName }): JSX.Element {
  const Page = PAGES[page];
  return (
    <div class="page" role="tabpanel" id={`page-${page}`} aria-labelledby={`tab-${page}`}>
      <Guarded key={page}>{() => <Page {...props} />}</Guarded>
    </div>
  );
}
