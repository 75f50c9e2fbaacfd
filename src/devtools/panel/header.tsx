/** @jsxImportSource preact */
import type { JSX, TargetedEvent } from "preact";
import type { Recording } from "../recording.ts";
import type { Dock, PageName, Theme } from "../settings.ts";
import { HeaderState } from "./header-state.tsx";
import type { PanelSetup } from "./setup.ts";
import { Tabs } from "./tabs.tsx";

interface HeaderProps {
  setup: PanelSetup;
  recording: Recording;
  page: PageName;
  choosePage: (page: PageName) => void;
  theme: Theme;
  chooseTheme: (theme: Theme) => void;
  dock: Dock;
  chooseDock: (dock: Dock) => void;
  /** Name of the cache that is shown. */
  target: string;
  chooseTarget: (name: string) => void;
}

/** Name, pages and what is set for the panel as a whole. */
export function Header(props: HeaderProps): JSX.Element {
  const { setup, recording, page, choosePage, theme, chooseTheme, dock, chooseDock, target, chooseTarget } = props;
  const names = setup.targets.map(({ name }) => ({ value: name, label: name }));
  const title = setup.name === "" ? "Macho" : setup.name;
  return (
    <header class="header">
      {/* With several caches, the name of the chosen one is what the reader wants to read here. */}
      <h2 class="brand" title={title}>
        <svg class="mark" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M2 3.5h12M2 8h12M2 12.5h6" />
        </svg>
        {names.length > 1 ? (
          <Choice label="Cache" options={names} value={target} choose={chooseTarget} />
        ) : (
          <span>{title}</span>
        )}
      </h2>
      <Tabs page={page} choose={choosePage} />
      <HeaderState key={target} setup={setup} recording={recording} />
      {!setup.embedded && <Choice label="Dock" options={DOCK_LABELS} value={dock} choose={chooseDock} />}
      <Choice label="Theme" options={THEMES} value={theme} choose={chooseTheme} />
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

const THEMES: readonly Option<Theme>[] = [
  { value: "system", label: "System" },
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
];

const DOCK_LABELS: readonly Option<Dock>[] = [
  { value: "bottom", label: "Bottom" },
  { value: "top", label: "Top" },
  { value: "left", label: "Left" },
  { value: "right", label: "Right" },
];

interface Option<T extends string> {
  readonly value: T;
  readonly label: string;
}

interface ChoiceProps<T extends string> {
  label: string;
  options: readonly Option<T>[];
  value: T;
  choose: (value: T) => void;
}

function Choice<T extends string>({ label, options, value, choose }: ChoiceProps<T>): JSX.Element {
  const onChange = (event: TargetedEvent<HTMLSelectElement>): void => {
    const chosen = options[event.currentTarget.selectedIndex];
    if (chosen) choose(chosen.value);
  };
  return (
    <select
      class={`select choice ${label.toLowerCase()}`}
      aria-label={label}
      title={label}
      value={value}
      onChange={onChange}
    >
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
