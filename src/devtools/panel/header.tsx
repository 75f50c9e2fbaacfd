/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { Recording } from "../recording.ts";
import type { PanelExtent } from "./extent.ts";
import { HeaderState } from "./header-state.tsx";
import type { PanelSetup } from "./setup.ts";
import { Tabs } from "./tabs.tsx";

interface HeaderProps {
  setup: PanelSetup;
  recording: Recording;
  /** Name of the cache that is shown. */
  target: string;
  extent: PanelExtent;
}

/** Name, pages and what is said on each of them. */
export function Header({ setup, recording, target, extent }: HeaderProps): JSX.Element {
  const { targets, name, settings, embedded, change } = setup;
  const title = name === "" ? "Macho" : name;
  const isFull = extent.shown === extent.max;
  return (
    <header class="header">
      {/* With several caches, the name of the chosen one is what the reader wants to read here. */}
      <h2 class="brand" title={title}>
        <svg class="mark" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M2 3.5h12M2 8h12M2 12.5h6" />
        </svg>
        {targets.length > 1 ? (
          <select
            class="select"
            aria-label="Cache"
            title="Cache"
            value={target}
            onChange={(event) => change({ target: event.currentTarget.value })}
          >
            {targets.map((each) => (
              <option key={each.name}>{each.name}</option>
            ))}
          </select>
        ) : (
          <span>{title}</span>
        )}
      </h2>
      <Tabs page={settings.page} choose={(page) => change({ page })} />
      <HeaderState key={target} setup={setup} recording={recording} />
      {!embedded && (
        <>
          {extent.isSheet && (
            <IconButton
              label="Full height"
              path={isFull ? "M4 6l4 4 4-4" : "M4 10l4-4 4 4"}
              pressed={isFull}
              press={() => extent.set(isFull ? 0 : extent.max)}
            />
          )}
          <IconButton label="Close" title="Close (Esc)" path="M4 4l8 8M12 4l-8 8" press={() => setup.close()} />
        </>
      )}
    </header>
  );
}

interface IconProps {
  label: string;
  title?: string;
  path: string;
  pressed?: boolean;
  press: () => void;
}

function IconButton({ label, title = label, path, pressed, press }: IconProps): JSX.Element {
  return (
    <button type="button" class="icon-button" aria-label={label} title={title} aria-pressed={pressed} onClick={press}>
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d={path} />
      </svg>
    </button>
  );
}
