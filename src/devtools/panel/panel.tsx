/** @jsxImportSource preact */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Settings } from "../settings.ts";
import { isUpright, useExtent } from "./extent.ts";
import { Header } from "./header.tsx";
import { ChosenPage, type PageProps } from "./pages.tsx";
import { ResizeHandle } from "./resize-handle.tsx";
import type { PanelSetup } from "./setup.ts";

interface PanelProps extends PageProps {
  setup: PanelSetup;
  /** Name of the cache that is shown. */
  target: string;
  chooseTarget: (name: string) => void;
}

/** The whole panel: header, the chosen page, and the handle that resizes it. */
export function Panel({ setup, target, chooseTarget, ...pageProps }: PanelProps): JSX.Element {
  const { embedded } = setup;
  const [page, choosePage] = useSetting(setup, "page");
  const [theme, chooseTheme] = useSetting(setup, "theme");
  const [dock, chooseDock] = useSetting(setup, "dock");
  const extent = useExtent(setup, dock);
  const title = setup.name === "" ? "Macho devtools" : `Macho devtools: ${setup.name}`;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented || embedded) return;
    event.preventDefault();
    setup.close();
  };
  setup.frame.dataset["theme"] = theme;
  return (
    <aside
      class={embedded ? "panel embedded" : `panel ${extent.dock}`}
      aria-label={title}
      style={embedded ? {} : { [isUpright(extent.dock) ? "width" : "height"]: `${extent.shown}px` }}
      onKeyDown={onKeyDown}
    >
      {!embedded && <ResizeHandle extent={extent} />}
      <Header {...{ setup, page, choosePage, theme, chooseTheme, dock, chooseDock, target, chooseTarget }} />
      <ChosenPage key={target} page={page} {...pageProps} />
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
