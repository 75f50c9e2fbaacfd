/** @jsxImportSource preact */
import type { JSX, TargetedEvent } from "preact";
import { useState } from "preact/hooks";
import type { Sampler } from "../sampler.ts";
import type { PageName, Theme } from "../settings.ts";
import type { DevtoolsSource } from "../source.ts";
import type { EntriesView } from "./entries-view.ts";
import { LazyEntries } from "./lazy-entries.tsx";
import { RequestsPage } from "./requests-page.tsx";
import { ResizeHandle, useHeight } from "./resize-handle.tsx";
import type { PanelSetup } from "./setup.ts";
import { Tabs } from "./tabs.tsx";

interface PanelProps {
  setup: PanelSetup;
  source: DevtoolsSource;
  sampler: Sampler;
  memory: { view: EntriesView };
  setTheme: (theme: Theme) => void;
}

/** The whole panel: header, the chosen page, and the handle that resizes it. */
export function Panel({ setup, source, sampler, memory, setTheme }: PanelProps): JSX.Element {
  const { settings, embedded } = setup;
  const [page, setPage] = useState<PageName>(settings.page);
  const height = useHeight(settings.height, (next) => {
    settings.height = next;
    setup.save();
  });
  const choosePage = (next: PageName): void => {
    settings.page = next;
    setup.save();
    setPage(next);
  };
  const title = setup.name === "" ? "Macho devtools" : `Macho devtools: ${setup.name}`;
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || event.defaultPrevented || embedded) return;
    event.preventDefault();
    setup.close();
  };
  return (
    <aside
      class={embedded ? "panel embedded" : "panel"}
      aria-label={title}
      style={embedded ? {} : { height: `${height.shown}px` }}
      onKeyDown={onKeyDown}
    >
      {!embedded && <ResizeHandle height={height} />}
      <Header setup={setup} page={page} choosePage={choosePage} setTheme={setTheme} />
      <div class="page" role="tabpanel" id={`page-${page}`} aria-labelledby={`tab-${page}`}>
        {page === "requests" ? (
          <RequestsPage sampler={sampler} />
        ) : (
          <LazyEntries source={source} sampler={sampler} memory={memory} />
        )}
      </div>
    </aside>
  );
}

interface HeaderProps {
  setup: PanelSetup;
  page: PageName;
  choosePage: (page: PageName) => void;
  setTheme: (theme: Theme) => void;
}

function Header({ setup, page, choosePage, setTheme }: HeaderProps): JSX.Element {
  return (
    <header class="header">
      <h2 class="brand">
        <svg class="mark" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M2 3.5h12M2 8h12M2 12.5h6" />
        </svg>
        <span>{setup.name === "" ? "Macho" : setup.name}</span>
      </h2>
      <Tabs page={page} choose={choosePage} />
      <ThemeChoice setup={setup} setTheme={setTheme} />
      {!setup.embedded && (
        <button type="button" class="icon-button" aria-label="Close" title="Close (Esc)" onClick={() => setup.close()}>
          <svg viewBox="0 0 16 16" aria-hidden="true">
            <path d="M4 4l8 8M12 4l-8 8" />
          </svg>
        </button>
      )}
    </header>
  );
}

const THEMES: readonly { value: Theme; label: string }[] = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

function ThemeChoice({ setup, setTheme }: Pick<HeaderProps, "setup" | "setTheme">): JSX.Element {
  const [theme, choose] = useState(setup.settings.theme);
  const onChange = (event: TargetedEvent<HTMLSelectElement>): void => {
    const next = THEMES.find(({ value }) => value === event.currentTarget.value)?.value ?? "system";
    setup.settings.theme = next;
    setup.save();
    setTheme(next);
    choose(next);
  };
  return (
    <select class="select theme" aria-label="Theme" value={theme} onChange={onChange}>
      {THEMES.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}
