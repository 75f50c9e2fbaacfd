// What the panel remembers. Storage may be missing, full or forbidden; the panel works without it.

/** `system` follows the reader's choice for light or dark. */
export type Theme = "system" | "light" | "dark";
export type PageName = "requests" | "entries";

export interface Settings {
  open: boolean;
  page: PageName;
  /** Height of the docked panel in CSS pixels. */
  height: number;
  theme: Theme;
}

export const DEFAULT_HEIGHT = 420;

/** The remembered settings of one panel, field by field; what is missing or malformed is left out. */
export function loadSettings(name: string): Partial<Settings> {
  try {
    return checked(JSON.parse(localStorage.getItem(storageKey(name)) ?? "{}"));
  } catch {
    return {};
  }
}

export function saveSettings(name: string, settings: Settings): void {
  try {
    localStorage.setItem(storageKey(name), JSON.stringify(settings));
  } catch {
    // Forgetting the layout is no reason to disturb the page.
  }
}

function storageKey(name: string): string {
  return `macho-devtools:${name}`;
}

function checked(stored: unknown): Partial<Settings> {
  const found: Partial<Settings> = {};
  if (typeof stored !== "object" || stored === null) return found;
  const { open, page, height, theme } = stored as Record<string, unknown>;
  if (typeof open === "boolean") found.open = open;
  if (page === "requests" || page === "entries") found.page = page;
  if (typeof height === "number" && Number.isFinite(height)) found.height = height;
  if (theme === "system" || theme === "light" || theme === "dark") found.theme = theme;
  return found;
}
