import type { PanelSetup } from "./setup.ts";

/** What the panel is called. */
export function panelTitle({ name }: Pick<PanelSetup, "name">): string {
  return name === "" ? "Macho devtools" : `Macho devtools: ${name}`;
}
