/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { Recording } from "../recording.ts";
import type { PanelExtent } from "./extent.ts";
import { HeaderState } from "./header-state.tsx";
import type * as toolsModule from "./header-tools.tsx";
import { IconButton } from "./icon-button.tsx";
import type { PanelSetup } from "./setup.ts";

interface HeaderProps {
  setup: PanelSetup;
  recording: Recording;
  /** Name of the cache that is shown. */
  target: string;
  extent: PanelExtent;
  /** Once they are loaded. */
  tools: typeof toolsModule | undefined;
}

/** Name, pages and what is said on each of them. */
export function Header({ setup, recording, target, extent, tools }: HeaderProps): JSX.Element {
  const { targets, name, embedded, change } = setup;
  const title = name === "" ? "Macho" : name;
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
            value={target}
            onChange={(event) => change({ target: event.currentTarget.value })}
          >
            {targets.map((each) => (
              <option key={each.name} value={each.name}>
                {each.name || title}
              </option>
            ))}
          </select>
        ) : (
          <span>{title}</span>
        )}
      </h2>
      <HeaderState setup={setup} recording={recording} />
      {tools && <tools.HeaderTools key={target} {...{ setup, recording, target, extent }} />}
      {!embedded && <IconButton label="Close" path="M4 4l8 8M12 4l-8 8" press={() => setup.close()} />}
    </header>
  );
}
