/** @jsxImportSource preact */
import type { JSX } from "preact";
import type { Recording } from "../recording.ts";
import type { PageName } from "../settings.ts";
import type { PanelExtent } from "./extent.ts";
import { HeaderState } from "./header-state.tsx";
import type { Held } from "./held.ts";
import type * as toolsModule from "./header-tools.tsx";
import { IconButton } from "./icon-button.tsx";
import { Select } from "./select.tsx";
import type { PanelSetup } from "./setup.ts";

interface HeaderProps {
  setup: PanelSetup;
  recording: Recording;
  /** Name of the cache that is shown. */
  target: string;
  /** The page that is shown. */
  page: PageName;
  extent: PanelExtent;
  /** What the pages show while they stand still. */
  held: Held | undefined;
  hold: (held: Held | undefined) => void;
  /** Once they are loaded. */
  tools: typeof toolsModule | undefined;
}

/** Name, pages and what is said on each of them. */
export function Header({ setup, recording, target, page, tools, ...more }: HeaderProps): JSX.Element {
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
          <Select
            label="Cache"
            chosen={target}
            options={targets.map((each) => [each.name, each.name || title])}
            choose={(next) => change({ target: next })}
          />
        ) : (
          <span>{title}</span>
        )}
      </h2>
      <HeaderState setup={setup} page={page} recording={more.held?.get(target) ?? recording} />
      {tools && <tools.HeaderTools key={target} {...{ setup, recording, target }} {...more} />}
      {!embedded && <IconButton label="Close" path="M4 4l8 8M12 4l-8 8" press={() => setup.close()} />}
    </header>
  );
}
