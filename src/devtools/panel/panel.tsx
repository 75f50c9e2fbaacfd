/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useEffect, useErrorBoundary, useState } from "preact/hooks";
import { complainOnce } from "../complaint.ts";
import { isUpright, useExtent } from "./extent.ts";
import type { Recording } from "../recording.ts";
import { Failure } from "./guarded.tsx";
import type { Held } from "./held.ts";
import type * as toolsModule from "./header-tools.tsx";
import { withStyle } from "./lazy-page.tsx";
import { Header } from "./header.tsx";
import { ChosenPage, type PageProps } from "./pages.tsx";
import { panelTitle } from "./title.ts";

/** What a cache keeps for its pages while another one is shown. */
export type KeptProps = Omit<PageProps, "openEntries" | "target" | "isPaused">;

/** What pages show of a cache. */
export function shownOf(recording: Recording): Pick<PageProps, "recording" | "source" | "sampler" | "stories"> {
  const { source, sampler, stories } = recording;
  return { recording, source, sampler, stories };
}

interface PanelProps extends KeptProps {
  /** Name of the cache that is shown. */
  target: string;
  /** What the pages show while they stand still. */
  held: Held | undefined;
  hold: (held: Held | undefined) => void;
}

/** The panel, or what is told in its place when it fails: what happens here never reaches the app. */
export function GuardedPanel(props: PanelProps): JSX.Element {
  const [error, retry] = useErrorBoundary((thrown) => complainOnce("the panel failed.", thrown));
  if (error === undefined) return <Panel {...props} />;
  const { setup } = props;
  return (
    <aside class={setup.embedded ? "panel embedded" : "panel bottom"} aria-label={panelTitle(setup)}>
      <Failure title="The panel failed." words="The app goes on without it." error={error} retry={retry}>
        {!setup.embedded && (
          <button type="button" class="button" onClick={() => setup.close()}>
            Close
          </button>
        )}
      </Failure>
    </aside>
  );
}

/** The whole panel: header, the chosen page, and the handle that resizes it. */
function Panel({ setup, target, held, hold, ...pageProps }: PanelProps): JSX.Element {
  const { embedded, settings } = setup;
  const fills = embedded || setup.isApart();
  const extent = useExtent(setup);
  const [tools, load] = useState<typeof toolsModule>();
  useEffect(() => {
    const show = async (): Promise<void> => {
      const { code, style } = await withStyle(import("./header-tools.tsx"));
      pageProps.addStyle(style);
      load(code);
    };
    // Without them the panel is used all the same.
    show().catch(() => undefined);
  }, []);
  const openEntries: PageProps["openEntries"] = (filter, departure) => {
    const { memory } = pageProps;
    memory.view = { ...memory.view, filter, status: undefined, selected: undefined, departure };
    setup.change({ page: "entries" });
  };
  // Of the entries no copy is kept: their rows stay, and a chosen one is shown as it is.
  const still = held?.get(target);
  // A cache without a store behind it has no such page.
  const page = settings.page === "storage" && !pageProps.source.tier() ? "overview" : settings.page;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented || embedded) return;
    event.preventDefault();
    setup.close();
  };
  return (
    <aside
      class={fills ? "panel embedded" : `panel ${extent.dock}`}
      aria-label={panelTitle(setup)}
      style={fills ? {} : { [isUpright(extent.dock) ? "width" : "height"]: `${extent.shown}px` }}
      onKeyDown={onKeyDown}
    >
      {!fills && tools && <tools.ResizeHandle extent={extent} />}
      <Header {...{ setup, target, page, extent, tools, held, hold }} recording={pageProps.recording} />
      <ChosenPage
        key={target}
        isPaused={still !== undefined}
        {...{ page, setup, target, openEntries }}
        {...pageProps}
        {...(still && page !== "entries" && shownOf(still))}
      />
    </aside>
  );
}
