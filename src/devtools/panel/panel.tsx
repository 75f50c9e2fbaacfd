/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useErrorBoundary, useState } from "preact/hooks";
import { complainOnce } from "../complaint.ts";
import type { Settings } from "../settings.ts";
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
  chooseTarget: (name: string) => void;
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
function Panel({ setup, target, chooseTarget, ...pageProps }: PanelProps): JSX.Element {
  const { embedded } = setup;
  const [page, choosePage] = useSetting(setup, "page");
  const [theme, chooseTheme] = useSetting(setup, "theme");
  const [dock, chooseDock] = useSetting(setup, "dock");
  const extent = useExtent(setup, dock);
  const openEntries = (filter: string): void => {
    const { memory } = pageProps;
    memory.view = { ...memory.view, filter, status: undefined, selected: undefined };
    choosePage("entries");
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented || embedded) return;
    event.preventDefault();
    setup.close();
  };
  setup.frame.dataset["theme"] = theme;
  return (
    <aside
      class={embedded ? "panel embedded" : `panel ${extent.dock}`}
      aria-label={panelTitle(setup)}
      style={embedded ? {} : { [isUpright(extent.dock) ? "width" : "height"]: `${extent.shown}px` }}
      onKeyDown={onKeyDown}
    >
      {!embedded && <ResizeHandle extent={extent} />}
      <Header
        {...{ setup, page, choosePage, theme, chooseTheme, dock, chooseDock, target, chooseTarget }}
        recording={pageProps.recording}
      />
      <ChosenPage key={target} {...{ page, setup, openEntries }} {...pageProps} />
    </aside>
  );
}

/** A setting that is remembered as soon as it is chosen. */
function useSetting<N extends keyof Settings>(setup: PanelSetup, name: N): [Settings[N], (value: Settings[N]) => void] {
  const [value, set] = useState<Settings[N]>(() => setup.settings[name]);
  const choose = (next: Settings[N]): void => {
    setup.settings[name] = next;
    setup.save();
    set(() => next);
  };
  return [value, choose];
}
