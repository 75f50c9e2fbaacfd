/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useErrorBoundary } from "preact/hooks";
import { complainOnce } from "../complaint.ts";
import { isUpright, useExtent } from "./extent.ts";
import { errorWords } from "./guarded.tsx";
import { Header } from "./header.tsx";
import { ChosenPage, type PageProps } from "./pages.tsx";
import { ResizeHandle } from "./resize-handle.tsx";
import type { PanelSetup } from "./setup.ts";

/** What a cache keeps for its pages while another one is shown. */
export type KeptProps = Omit<PageProps, "openEntries">;

interface PanelProps extends KeptProps {
  /** Name of the cache that is shown. */
  target: string;
}

/** The panel, or what is told in its place when it fails: what happens here never reaches the app. */
export function GuardedPanel(props: PanelProps): JSX.Element {
  const [error, retry] = useErrorBoundary((thrown) => complainOnce("the panel failed.", thrown));
  if (error === undefined) return <Panel {...props} />;
  const { setup } = props;
  return (
    <aside class={setup.embedded ? "panel embedded" : "panel bottom"} aria-label={panelTitle(setup)}>
      <div class="empty" role="alert">
        <p>
          <b>The panel failed.</b> The app goes on without it.
        </p>
        <code>{errorWords(error)}</code>
        <p>
          <button type="button" class="button" onClick={retry}>
            Try again
          </button>{" "}
          {!setup.embedded && (
            <button type="button" class="button" onClick={() => setup.close()}>
              Close
            </button>
          )}
        </p>
      </div>
    </aside>
  );
}

function panelTitle({ name }: PanelSetup): string {
  return name === "" ? "Macho devtools" : `Macho devtools: ${name}`;
}

/** The whole panel: header, the chosen page, and the handle that resizes it. */
function Panel({ setup, target, ...pageProps }: PanelProps): JSX.Element {
  const { embedded, settings } = setup;
  const extent = useExtent(setup);
  const openEntries = (filter: string): void => {
    const { memory } = pageProps;
    memory.view = { ...memory.view, filter, status: undefined, selected: undefined };
    setup.change({ page: "entries" });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented || embedded) return;
    event.preventDefault();
    setup.close();
  };
  return (
    <aside
      class={embedded ? "panel embedded" : `panel ${extent.dock}`}
      aria-label={panelTitle(setup)}
      style={embedded ? {} : { [isUpright(extent.dock) ? "width" : "height"]: `${extent.shown}px` }}
      onKeyDown={onKeyDown}
    >
      {!embedded && <ResizeHandle extent={extent} />}
      <Header {...{ setup, target, extent }} recording={pageProps.recording} />
      <ChosenPage key={target} page={settings.page} {...{ setup, openEntries }} {...pageProps} />
    </aside>
  );
}
